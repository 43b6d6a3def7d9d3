import { allow, createTokenHandler, projectFromEnv } from '@rtc-token/server'
import type { TokenHandlerOptions } from '@rtc-token/server'

import { type Guest, tickets } from './tickets.ts'

export const options: TokenHandlerOptions<Guest> = {
  project: projectFromEnv(process.env),
  services: ['rtc', 'rtm'],
  compat: { routes: 'agora-token-service' },
  cors: { origins: ['https://app.example'] },
  ttl: { default: 3600 },
  authenticate: tickets.authenticate,
  authorize: ({ subject: { uid } }) =>
    allow({ identity: { uid }, role: 'publisher', downgrade: true }),
}

export const handler = createTokenHandler(options)
