// Our handler with the smallest policy that is one.

import { createServer } from 'node:http'
import { allow, createTokenHandler } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import { ACCOUNT, AUTHORIZATION, PROJECT } from '../load/wish.mjs'
import { report } from './report.mjs'

const subject = { id: ACCOUNT }
const handler = createTokenHandler({
  project: PROJECT,
  authenticate: (request) =>
    request.headers.get('authorization') === AUTHORIZATION ? subject : null,
  authorize: ({ subject, wish }) => allow({ identity: { account: subject.id }, role: wish.role }),
})

const listener = toNodeListener(handler)

await report(createServer((req, res) => void listener(req, res)))
