import { PROBLEM_STATUS, type ProblemDocument, type TokenReply } from '@rtc-token/core/contract'
import { expect } from 'vitest'

import { allow } from '../../src/policy/policy.ts'
import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import { createTokenHandler, type TokenHandler } from '../../src/token-handler.ts'

/** The project of the official examples; not a live one. */
export const PROJECT = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}

/** The moment at which the tests take place, in unix seconds. */
export const NOW = 1_795_288_141

/** Who asks in these tests. */
export interface User {
  readonly id: string
}

/** A handler for `alice`, with everything ambient fixed and every failure kept. */
export function testEndpoint(overrides: Partial<TokenHandlerOptions<User>> = {}): {
  readonly handler: TokenHandler
  readonly failures: { readonly error: unknown; readonly requestId: string }[]
} {
  const failures: { error: unknown; requestId: string }[] = []
  const handler = createTokenHandler<User>({
    project: PROJECT,
    authenticate: (request) =>
      request.headers.get('authorization') === 'Bearer alice' ? { id: 'alice' } : null,
    authorize: ({ wish }) => allow({ role: wish.role }),
    clock: () => NOW * 1000 + 999,
    random: () => 0,
    onError: (error, requestId) => {
      failures.push({ error, requestId })
    },
    ...overrides,
  })
  return { handler, failures }
}

/** A request that is granted, unless the overrides spoil it. Bodies that are no text become JSON. */
export function tokenRequest(
  body: unknown = { channel: 'room-42', uid: 1234 },
  init: { path?: string; method?: string; headers?: Record<string, string> } = {},
): Request {
  const { path = '/v1/tokens', method = 'POST', headers = {} } = init
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  return new Request(`http://localhost${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: 'Bearer alice', ...headers },
    body: method === 'GET' || method === 'HEAD' ? null : isRaw ? body : JSON.stringify(body),
  })
}

/** Sends a request that must be granted. */
export async function granted(handler: TokenHandler, request: Request): Promise<TokenReply> {
  const { status, body } = await handler.respond(request)
  if (status !== 200) throw new Error(`expected a token, got ${status} ${body}`)
  return JSON.parse(body) as TokenReply
}

/** Sends a request that must be refused, and makes sure that the reply holds no token. */
export async function refused(handler: TokenHandler, request: Request): Promise<ProblemDocument> {
  const { status, body } = await handler.respond(request)
  if (status === 200 || /00[67][A-Za-z0-9+/]{40}/.test(body)) {
    throw new Error(`expected a refusal, got ${status} ${body}`)
  }
  return JSON.parse(body) as ProblemDocument
}

/** Sends a request that must be refused with this code, and checks the document as a whole. */
export async function expectProblem(
  handler: TokenHandler,
  request: Request,
  code: string,
): Promise<ProblemDocument> {
  const problem = await refused(handler, request)
  expect(problem.code).toBe(code)
  expect(problem.status).toBe(PROBLEM_STATUS[problem.code])
  expect(problem.type).toBe(`https://rtc-token.github.io/rtc-token/errors/${code}`)
  expect(problem.title).toMatch(/^[A-Z]/)
  expect(problem.retryable).toBe(problem.status >= 500)
  return problem
}
