// The bare server that also signs a token with core: what is left for checks, policy and limits is above this.

import { createServer } from 'node:http'
import { createToken, rtc } from '@rtc-token/core'
import { ACCOUNT, PROJECT, TTL_SECONDS } from '../load/wish.mjs'
import { composeReply } from './compose-reply.mjs'
import { report } from './report.mjs'

const { headers } = JSON.parse(process.argv[3] ?? '{}')

await report(
  createServer((req, res) => {
    const chunks = []
    req.on('data', (chunk) => chunks.push(chunk))
    req.on('end', () => {
      const { channel, role } = JSON.parse(Buffer.concat(chunks).toString())
      const services = [rtc({ channel, account: ACCOUNT, role })]
      const token = createToken({ ...PROJECT, ttl: TTL_SECONDS, services })
      const body = JSON.stringify(composeReply(token))
      res.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) })
      res.end(body)
    })
  }),
)
