import { existsSync } from 'node:fs'
import { allow, createTokenHandler, deny, projectFromEnv } from '@rtc-token/server'
import { bearerJwt } from '@rtc-token/server/auth/jwt'
import { toNodeListener } from '@rtc-token/server/node'
import { onRequest } from 'firebase-functions/https'
import { defineSecret } from 'firebase-functions/params'
import { seatOf } from './rooms.mjs'

// `firebase deploy` reads them by itself; `npm start` does not.
for (const file of ['.env.local', '.env']) if (existsSync(file)) process.loadEnvFile(file)

const KEY_SET =
  'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com'

function createListener() {
  const { GCLOUD_PROJECT, ID_TOKEN_KEY_SET = KEY_SET, TOKEN_TTL_SECONDS = '3600' } = process.env
  const ttl = Number(TOKEN_TTL_SECONDS)
  const handler = createTokenHandler({
    project: projectFromEnv(process.env),
    ttl: { default: ttl, max: ttl, min: Math.min(ttl, 60) },
    cors: { origins: (process.env.ORIGINS ?? 'http://localhost:5173').split(',') },
    authenticate: bearerJwt({
      jwksUrl: ID_TOKEN_KEY_SET,
      algorithms: ['RS256'],
      issuer: `https://securetoken.google.com/${GCLOUD_PROJECT}`,
      audience: GCLOUD_PROJECT,
    }),
    async authorize({ subject, wish }) {
      const seat = await seatOf(wish.channel, subject)
      if (!seat) return deny('channel_forbidden')
      const role = seat === 'speaker' ? 'publisher' : 'subscriber'
      return allow({ identity: { account: subject.id }, role }) // the user's id of Firebase
    },
  })
  return toNodeListener(handler)
}

// At the first request: Firebase also loads this module when it deploys, without secrets.
let listener
const secrets = [defineSecret('AGORA_APP_CERTIFICATE')]

/** `POST …/agora/v1/tokens`, with `authorization: Bearer` and the user's ID token. */
export const agora = onRequest({ secrets }, (request, response) => {
  listener ??= createListener()
  return listener(request, response, () => response.sendStatus(404))
})
