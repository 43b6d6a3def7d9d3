// Our handler as it would be run: limits by address, user and channel, an audit log, asynchronous hooks.

import { createServer } from 'node:http'
import { allow, createTokenHandler, memoryLimiter } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import { ACCOUNT, AUTHORIZATION, PROJECT } from '../load/wish.mjs'
import { report } from './report.mjs'

const subject = { id: ACCOUNT }
// Never reached: a refusal would be cheaper than what is measured.
const limit = (name) => memoryLimiter({ name, limit: 1e9, windowSeconds: 60 })
let logged = 0
const handler = createTokenHandler({
  project: PROJECT,
  authenticate: async (request) =>
    request.headers.get('authorization') === AUTHORIZATION ? subject : null,
  authorize: async ({ subject, wish }) =>
    allow({ identity: { account: subject.id }, role: wish.role }),
  limits: { perIp: limit('ip'), perSubject: limit('subject'), perChannel: limit('channel') },
  onEvent: (event) => {
    logged += JSON.stringify(event).length
  },
})

const listener = toNodeListener(handler)

await report(createServer((req, res) => void listener(req, res)))
