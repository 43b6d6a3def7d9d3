import { existsSync } from 'node:fs'
import { allow, createTokenHandler, deny, memoryLimiter, projectFromEnv } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import express from 'express'
import { logIn, logOut, seatOf, seatsOf, userOf } from './database.mjs'

for (const file of ['.env.local', '.env']) if (existsSync(file)) process.loadEnvFile(file)
const { NODE_ENV, PORT = '3000', TOKEN_TTL_SECONDS = '3600' } = process.env
const project = projectFromEnv(process.env)
const ttl = Number(TOKEN_TTL_SECONDS)

const COOKIE = { httpOnly: true, sameSite: 'lax', secure: NODE_ENV === 'production' }
const cookieIn = (header) => /(?:^|; )session=([\w-]+)/.exec(header)?.[1] ?? ''

const handler = createTokenHandler({
  project,
  ttl: { default: ttl, max: ttl, min: Math.min(ttl, 60) },
  limits: { perSubject: memoryLimiter({ name: 'user', limit: 30, windowSeconds: 60 }) },
  authenticate: ({ headers }) => userOf(cookieIn(headers.get('cookie'))) ?? null,
  authorize({ subject, wish }) {
    const seat = seatOf(subject.id, wish.channel)
    if (!seat) return deny('channel_forbidden')
    return allow({ identity: { uid: subject.id }, role: seat.speaks ? 'publisher' : 'subscriber' })
  },
})

const logins = memoryLimiter({ name: 'login', limit: 10, windowSeconds: 60 })

const server = express()
  .use('/agora', toNodeListener(handler)) // POST /agora/v1/tokens
  .post('/login', express.json(), ({ body }, response) => {
    const [name, password] = [String(body?.name), String(body?.password)]
    const cookie = logins.consume(name).ok ? logIn(name, password) : undefined
    if (cookie) response.cookie('session', cookie, COOKIE)
    response.sendStatus(cookie ? 204 : 401)
  })
  .post('/logout', ({ headers }, response) => {
    logOut(cookieIn(headers.cookie))
    response.clearCookie('session', COOKIE).sendStatus(204)
  })
  .get('/me', ({ headers }, response) => {
    const user = userOf(cookieIn(headers.cookie))
    response.json(user ? { name: user.name, appId: project.appId, seats: seatsOf(user.id) } : null)
  })
  .use(express.static('page/dist'))
  .listen(Number(PORT), '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${server.address().port}/`)
  })
