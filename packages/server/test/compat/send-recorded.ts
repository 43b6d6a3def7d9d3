import { decodeToken } from '@rtc-token/core'
import type { ProblemCode } from '@rtc-token/core/contract'

import type { PlainReply } from '../../src/http/reply.ts'
import { testEndpoint } from '../support/token-endpoint.ts'

/** What came back, in the words of the tables. */
export interface Outcome {
  readonly status: number
  readonly code?: ProblemCode
  /** Of the token, in seconds. */
  readonly life?: number
  readonly reply: PlainReply
}

const REQUEST =
  /^(?<method>[A-Z]+) (?<path>\S+)(?: (?<body>(?!\().*?))?(?: \((?<headers>[a-z-]+: .*)\))?$/

const { handler } = testEndpoint({
  compat: { routes: 'agora-token-service' },
  services: ['rtc', 'rtm', 'chat'],
  cors: { origins: ['https://app.example'], credentials: true },
})

/** Sends `METHOD path body (header: value, …)` as a caller who is known, without a media type unless one is given. */
export async function sendRecorded(request: string): Promise<Outcome> {
  const { method = '', path = '', body, headers = '' } = REQUEST.exec(request)?.groups ?? {}
  const reply = await handler.respond(
    new Request(`http://localhost${path}`, {
      method,
      headers: { authorization: 'Bearer alice', ...readHeaders(headers) },
      body: body === undefined ? null : new TextEncoder().encode(body),
    }),
  )
  return { status: reply.status, ...readBody(reply.body), reply }
}

function readHeaders(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(', ')
      .map((header) => header.split(': ', 2))
      .filter(([name]) => name !== ''),
  )
}

function readBody(text: string): Pick<Outcome, 'code' | 'life'> {
  const json = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  for (const [name, value] of Object.entries(json)) {
    // A random requestId may begin as a token does.
    if (name === 'requestId' || typeof value !== 'string' || !value.startsWith('007')) continue
    return { life: (decodeToken(value) as { expiresIn: number }).expiresIn }
  }
  return 'code' in json ? { code: json['code'] as ProblemCode } : {}
}
