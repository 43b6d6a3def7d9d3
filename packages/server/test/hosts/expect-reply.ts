import { verifyToken } from '@rtc-token/core'
import { isTokenReply } from '@rtc-token/core/contract'
import { expect } from 'vitest'

import type { WireReply } from './host-case.ts'
import { HOST_NOW, HOST_PROJECT } from './host-endpoint.ts'

// What belongs to the connection, or is the framework's own word on itself.
const HOST_HEADERS = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'date',
  'x-powered-by',
])

/** Expects two hosts to have said the same, but for the salt of the token and the host's own headers. */
export function expectSameReply(reply: WireReply, reference: WireReply, method: string): void {
  expect({ ...reply, headers: ownHeaders(reply), body: contentOf(reply.body) }).toEqual({
    ...reference,
    headers: ownHeaders(reference),
    body: method === 'HEAD' ? '' : contentOf(reference.body),
  })
  const length = method === 'HEAD' ? reference.body.length : Buffer.byteLength(reply.body)
  expect([undefined, String(length)]).toContain(reply.headers['content-length'])
}

function ownHeaders({ headers }: WireReply): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => name !== 'content-length' && !HOST_HEADERS.has(name),
  )
  return Object.fromEntries(kept)
}

// What a token grants, once its signature has proved to be ours.
function contentOf(body: string): unknown {
  const json: unknown = body === '' ? '' : JSON.parse(body)
  if (!isTokenReply(json)) return json
  const verified = verifyToken(json.token, { ...HOST_PROJECT, now: HOST_NOW })
  return { ...json, token: { ...verified, salt: undefined, signature: undefined } }
}
