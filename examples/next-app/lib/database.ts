import Database from 'libsql' // SQLite with the interface of better-sqlite3, ready built

export const database = new Database(process.env.DATABASE ?? 'data.sqlite')
database.exec(`CREATE TABLE IF NOT EXISTS member (
  room TEXT, user TEXT, speaks INTEGER, PRIMARY KEY (room, user)
)`)

export type Seat = { room: string; speaks: number }
const SEAT = 'SELECT room, speaks FROM member WHERE user = ?'

export const seatOf = (user: string, room: string | undefined) =>
  database.prepare(`${SEAT} AND room = ?`).get(user, room) as Seat | undefined
export const seatsOf = (user: string) => database.prepare(SEAT).all(user) as Seat[]
export const hasMembers = () => database.prepare('SELECT 1 FROM member').get() !== undefined
export const seat = (user: string, { room, speaks }: Seat) =>
  database.prepare('INSERT INTO member VALUES (?, ?, ?)').run(room, user, speaks)
