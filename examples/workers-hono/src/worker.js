import { env } from 'cloudflare:workers'
import {
  allow,
  cloudflareContext,
  cloudflareLimiter,
  createTokenHandler,
  deny,
  projectFromEnv,
} from '@rtc-token/server'
import { bearerJwt } from '@rtc-token/server/auth/jwt'
import { Hono } from 'hono'

// As in wrangler.jsonc: the binding does not say what it was set to.
const perUser = { name: 'user', limit: 100, windowSeconds: 60 }
const ttl = Number(env.TOKEN_TTL_SECONDS ?? 3600)

const handler = createTokenHandler({
  project: projectFromEnv(env),
  ttl: { default: ttl, max: ttl, min: Math.min(ttl, 60) },
  limits: { perSubject: cloudflareLimiter(env.TOKENS_PER_USER, perUser) },
  authenticate: bearerJwt({
    secret: env.JWT_SECRET, // or jwksUrl, where an identity provider signs
    issuer: 'https://login.example',
    audience: 'https://tokens.example',
    bindToExpiry: true, // no token outlives the JWT
    toSubject: ({ sub, rooms }) => (sub && rooms ? { id: sub, rooms } : null),
  }),
  // The claim says what the user may be in which room: { "room-42": "publisher" }
  authorize({ subject, wish }) {
    if (!Object.hasOwn(subject.rooms, wish.channel)) return deny('channel_forbidden')
    const role = subject.rooms[wish.channel] === 'publisher' ? 'publisher' : 'subscriber'
    return allow({ identity: { account: subject.id }, role })
  },
})

const app = new Hono()
app.all('/agora/v1/tokens', ({ req: { raw }, executionCtx }) =>
  handler.fetch(raw, cloudflareContext(raw, executionCtx)),
)
export default app
