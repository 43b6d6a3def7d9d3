import { randomBytes } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { SqliteDialect } from 'kysely'
import { database, hasMembers, seat } from './database'

const { BETTER_AUTH_SECRET, BETTER_AUTH_URL, PORT = '3000' } = process.env

export const auth = betterAuth({
  baseURL: BETTER_AUTH_URL ?? `http://127.0.0.1:${PORT}`,
  // Without a secret of yours, sessions last until the server stops.
  secret: BETTER_AUTH_SECRET ?? randomBytes(32).toString('hex'),
  database: { dialect: new SqliteDialect({ database }), type: 'sqlite' },
  emailAndPassword: { enabled: true },
})

export const userOf = async (headers: Headers) =>
  (await auth.api.getSession({ headers }))?.user ?? null

/** Makes the tables and, the first time, a room with two members. */
export async function prepare() {
  await (await getMigrations(auth.options)).runMigrations()
  if (hasMembers()) return
  for (const [name, speaks] of Object.entries({ ann: 1, bob: 0 })) {
    const [email, password] = [`${name}@example.com`, randomBytes(9).toString('base64url')]
    const { user } = await auth.api.signUpEmail({ body: { name, email, password } })
    seat(user.id, { room: 'room-42', speaks })
    console.log(`${email}: ${password}`)
  }
}
