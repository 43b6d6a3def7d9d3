import { allow, createTokenHandler, deny, memoryLimiter, projectFromEnv } from '@rtc-token/server'
import { userOf } from './auth'
import { seatOf } from './database'

const ttl = Number(process.env.TOKEN_TTL_SECONDS ?? 3600)
export const project = projectFromEnv(process.env)

export const tokens = createTokenHandler({
  project,
  ttl: { default: ttl, max: ttl, min: Math.min(ttl, 60) },
  limits: { perSubject: memoryLimiter({ name: 'user', limit: 30, windowSeconds: 60 }) },
  authenticate: ({ headers }) => userOf(headers),
  authorize({ subject, wish }) {
    const seat = seatOf(subject.id, wish.channel)
    if (!seat) return deny('channel_forbidden')
    const role = seat.speaks ? 'publisher' : 'subscriber'
    return allow({ identity: { account: subject.id }, role })
  },
})
