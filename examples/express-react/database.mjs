import { createHash, randomBytes, scryptSync } from 'node:crypto'
import Database from 'libsql' // SQLite with the interface of better-sqlite3, ready built

const db = new Database(process.env.DATABASE ?? 'data.sqlite')
db.exec(`
  CREATE TABLE IF NOT EXISTS user (id INTEGER PRIMARY KEY, name TEXT UNIQUE, salt TEXT, hash TEXT);
  CREATE TABLE IF NOT EXISTS member (room TEXT, user INTEGER, speaks INTEGER, PRIMARY KEY (room, user));
  CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, user INTEGER, ends_at INTEGER);
`)
const one = (sql, ...values) => db.prepare(sql).get(...values)
const run = (sql, ...values) => db.prepare(sql).run(...values)

const random = (bytes) => randomBytes(bytes).toString('base64url')
const hashOf = (password, salt) => scryptSync(password, salt, 32).toString('hex')
// A reader of the database cannot use the sessions in it.
const idOf = (cookie) => createHash('sha256').update(cookie).digest('hex')

/** Returns the cookie of a new session, or undefined where name or password is wrong. */
export function logIn(name, password) {
  const user = one('SELECT id, salt, hash FROM user WHERE name = ?', name)
  if (hashOf(password, user?.salt ?? '') !== user?.hash) return undefined
  const cookie = random(32)
  run('INSERT INTO session VALUES (?, ?, unixepoch() + 7 * 86400)', idOf(cookie), user.id)
  return cookie
}

export const logOut = (cookie) => run('DELETE FROM session WHERE id = ?', idOf(cookie))

const USER = `SELECT user.id, user.name FROM session JOIN user ON user.id = session.user
  WHERE session.id = ? AND ends_at > unixepoch()`
export const userOf = (cookie) => one(USER, idOf(cookie))

const SEAT = 'SELECT room, speaks FROM member WHERE user = ?'
export const seatOf = (user, room) => one(`${SEAT} AND room = ?`, user, room)
export const seatsOf = (user) => db.prepare(SEAT).all(user)

if (!one('SELECT 1 FROM user')) {
  for (const [name, speaks] of Object.entries({ ann: 1, bob: 0 })) {
    const [password, salt] = [random(9), random(16)]
    const hash = hashOf(password, salt)
    run('INSERT INTO user (name, salt, hash) VALUES (?, ?, ?)', name, salt, hash)
    run("INSERT INTO member SELECT 'room-42', id, ? FROM user WHERE name = ?", speaks, name)
    console.log(`${name}: ${password}`)
  }
}
