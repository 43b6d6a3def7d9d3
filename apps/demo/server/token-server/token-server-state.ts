import type { ServerResponse } from 'node:http'

/** The states of the token server that the page can switch to, with what is wrong in each. */
const TOKEN_SERVER_STATES = {
  up: 'answers',
  down: '503 to everything, as when it is not there',
  slow: 'answers late',
  '429': 'turns everybody away for two seconds, again and again',
  '403': 'refuses everybody for good',
} as const

/** What goes wrong with the token server. */
export type TokenServerState = keyof typeof TOKEN_SERVER_STATES

const PROBLEMS = {
  '429': {
    headers: { 'retry-after': '2' },
    body: { code: 'rate_limited', retryable: true, retryAfter: 2, title: 'Too many requests' },
  },
  '403': {
    headers: {},
    body: { code: 'forbidden', retryable: false, title: 'Not allowed' },
  },
} as const

/** Answers in place of the handler, as a server in this state does. */
export function answerInstead(
  state: Exclude<TokenServerState, 'up' | 'slow'>,
  response: ServerResponse,
): void {
  if (state === 'down') return void response.writeHead(503).end()
  const { headers, body } = PROBLEMS[state]
  const status = Number(state)
  const document = { type: 'about:blank', status, requestId: 'switch', ...body }
  response.writeHead(status, { ...headers, 'content-type': 'application/problem+json' })
  response.end(JSON.stringify(document))
}

/** Tells whether a value names a state. */
export function isTokenServerState(value: unknown): value is TokenServerState {
  return typeof value === 'string' && Object.hasOwn(TOKEN_SERVER_STATES, value)
}
