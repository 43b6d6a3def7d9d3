// Our handler with a limit by address, behind a proxy that tells addresses.

import { createServer } from 'node:http'
import { allow, createTokenHandler, memoryLimiter } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import { ACCOUNT, AUTHORIZATION, PROJECT } from '../load/wish.mjs'
import { report } from './report.mjs'

const subject = { id: ACCOUNT }
const handler = createTokenHandler({
  project: PROJECT,
  authenticate: (request) =>
    request.headers.get('authorization') === AUTHORIZATION ? subject : null,
  authorize: ({ subject, wish }) => allow({ identity: { account: subject.id }, role: wish.role }),
  // More than a polite caller asks for in the time of the bench.
  limits: { perIp: memoryLimiter({ name: 'ip', limit: 5000, windowSeconds: 60 }) },
})

const listener = toNodeListener(handler, { trustProxy: 'loopback' })

await report(createServer((req, res) => void listener(req, res)))
