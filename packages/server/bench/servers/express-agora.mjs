// An endpoint as people write it: Express, its JSON parser, Agora's own package.

import express from 'express'
import agora from 'agora-token'
import { ACCOUNT, AUTHORIZATION, PATH, PROJECT } from '../load/wish.mjs'
import { announce } from './report.mjs'
import { composeReply } from './compose-reply.mjs'

const { RtcRole, RtcTokenBuilder } = agora
const app = express()
app.use(express.json())

app.post(PATH, (req, res) => {
  if (req.headers.authorization !== AUTHORIZATION) return res.status(401).end()
  const { channel, role, ttl } = req.body
  if (!channel) return res.status(400).json({ error: 'channel is required' })
  const token = RtcTokenBuilder.buildTokenWithUserAccount(
    PROJECT.appId,
    PROJECT.appCertificate,
    channel,
    ACCOUNT,
    role === 'publisher' ? RtcRole.PUBLISHER : RtcRole.SUBSCRIBER,
    ttl,
    ttl,
  )
  return res.set('cache-control', 'no-store').json(composeReply(token))
})

const server = app.listen(0, '127.0.0.1', () => announce(server.address().port))
