// `npm run jwt -- ann room-42 publisher` prints what your login would give to a user.
import { existsSync } from 'node:fs'
import { SignJWT } from 'jose'

for (const file of ['.env.local', '.env']) if (existsSync(file)) process.loadEnvFile(file)
const [user, room, role = 'subscriber'] = process.argv.slice(2)
const jwt = new SignJWT({ rooms: { [room]: role } })
  .setProtectedHeader({ alg: 'HS256' })
  .setSubject(user)
  .setIssuer('https://login.example')
  .setAudience('https://tokens.example')
  .setExpirationTime('2h')
console.log(await jwt.sign(new TextEncoder().encode(process.env.JWT_SECRET)))
