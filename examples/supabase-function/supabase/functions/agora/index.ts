import { allow, createTokenHandler, deny, projectFromEnv } from '@rtc-token/server'
import { bearerJwt } from '@rtc-token/server/auth/jwt'
import { supabaseRooms } from './rooms.ts'

const env = Deno.env.toObject() // Supabase sets SUPABASE_URL and SUPABASE_ANON_KEY by itself
const { SUPABASE_URL = '', SUPABASE_ANON_KEY = '', TOKEN_TTL_SECONDS = '3600' } = env
const ttl = Number(TOKEN_TTL_SECONDS)

const verify = bearerJwt({
  jwksUrl: `${SUPABASE_URL}/auth/v1/.well-known/jwks.json`,
  issuer: `${SUPABASE_URL}/auth/v1`,
  audience: 'authenticated',
})
const roomsOf = supabaseRooms(SUPABASE_URL, SUPABASE_ANON_KEY)

const handler = createTokenHandler({
  project: projectFromEnv(env),
  ttl: { default: ttl, max: ttl, min: Math.min(ttl, 60) },
  cors: {
    origins: (env['ORIGINS'] ?? 'http://localhost:5173').split(','),
    allowHeaders: ['apikey', 'x-client-info'],
  },
  async authenticate(request, context) {
    const user = await verify(request, context)
    return user && { id: user.id, rooms: roomsOf(request) }
  },
  async authorize({ subject, wish, signal }) {
    const seat = wish.channel && (await subject.rooms.seat(wish.channel, signal))
    if (!seat) return deny('channel_forbidden')
    return allow({
      identity: { account: subject.id },
      role: seat.speaks ? 'publisher' : 'subscriber',
    })
  },
})

// POST …/functions/v1/agora/v1/tokens. Supabase chooses the port itself.
const address = { hostname: '127.0.0.1', port: Number(env['PORT'] ?? 8000) }
Deno.serve(address, (request) => handler.fetch(request))
