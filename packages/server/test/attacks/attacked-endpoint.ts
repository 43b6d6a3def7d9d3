import { createHmac } from 'node:crypto'
import { inspect } from 'node:util'

import { type PlainReply, type TokenHandlerOptions } from '../../src/index.ts'
import { firstOf } from '../../src/auth/authenticator.ts'
import { createTickets } from '../../src/auth/tickets.ts'
import { certificateKeys } from '../../src/keys/certificate-keys.ts'
import type { KeyRing } from '../../src/keys/key-ring.ts'
import { allow, type Ask, type Decision, deny } from '../../src/policy/policy.ts'
import type { TokenEvent } from '../../src/telemetry/token-event.ts'
import { createTokenHandler, type TokenHandler } from '../../src/token-handler.ts'
import { PROJECT, type User } from '../support/token-endpoint.ts'
import type { AttackRequest, Target } from './attack.ts'

/** An endpoint with every door open that has one, and everything written down that comes out. */
export interface AttackedEndpoint {
  readonly handler: TokenHandler<User>
  /** How often a key to sign with was asked for. */
  readonly signatures: () => number
  /** What `onEvent` was told. */
  readonly events: readonly TokenEvent[]
  /** What `onError` and `onEvent` were told, as the most talkative log would print it. */
  readonly output: () => string
  readonly send: (request: AttackRequest) => Promise<PlainReply>
}

// The builders of others take the time from the clock of the machine.
const NOW = Math.floor(Date.now() / 1000)
const SECRET = 'Bearer secret-of-alice'
const COOKIE = 'sid=session-of-alice'
const tickets = createTickets<User>({
  secrets: ['secret-of-the-tickets-of-this-test'],
  clock: () => NOW * 1000,
})
const scope = { channel: 'room-42', role: 'subscriber' } as const

/** As a backend in another language signs it. */
function jwtTicketOf(
  changes: object = {},
  { secret = 'secret-of-the-tickets-of-this-test', alg = 'HS256' } = {},
): string {
  const claims = { aud: 'rtc-token ticket', exp: NOW + 300, subject: { id: 'alice' }, ...scope }
  const text = [{ alg }, { ...claims, ...changes }].map(inBase64).join('.')
  const hash = alg === 'HS512' ? 'sha512' : 'sha256'
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}

function inBase64(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function ticketOf(issuedAt: number): Promise<string> {
  const secrets = ['secret-of-the-tickets-of-this-test']
  const earlier = createTickets<User>({ secrets, clock: () => issuedAt * 1000 })
  return earlier.issue({ id: 'alice' }, '5m', scope)
}

/** What the attackers of these tests aim at. */
export const TARGET: Target = {
  ...PROJECT,
  now: NOW,
  authorization: SECRET,
  cookie: COOKIE,
  tickets: {
    room: await tickets.issue({ id: 'alice' }, '5m', scope),
    named: await tickets.issue({ id: 'alice' }, '5m', { ...scope, userId: '1234' }),
    ending: await ticketOf(NOW - 270),
    ended: await ticketOf(NOW - 301),
  },
  jwtTickets: {
    room: jwtTicketOf(),
    named: jwtTicketOf({ userId: '1234' }),
    ending: jwtTicketOf({ exp: NOW + 30 }),
    ended: jwtTicketOf({ exp: NOW - 1 }),
    wrong: {
      'of another secret': jwtTicketOf({}, { secret: 'a guess of 32 characters or more …' }),
      'of the algorithm none': jwtTicketOf({}, { alg: 'none' }),
      'of another algorithm': jwtTicketOf({}, { alg: 'HS512' }),
      'that was made for sessions': jwtTicketOf({ aud: 'sessions' }),
      'that does not end': jwtTicketOf({ exp: undefined }),
      'that ends in a week': jwtTicketOf({ exp: NOW + 604_800 }),
      'with a misspelled channel': jwtTicketOf({ channel: undefined, chanel: 'room-42' }),
      'of no subject': jwtTicketOf({ subject: undefined }),
    },
  },
}

/** What must never be seen outside: no reply, no log and no event may hold any of it. */
export const SECRETS: readonly string[] = [
  PROJECT.appCertificate,
  'secret-of-alice',
  'session-of-alice',
  'secret-of-the-tickets',
  'secret-of-support',
]

/** Starts an endpoint of its own for each attack. */
export function attackedEndpoint(
  overrides: Partial<TokenHandlerOptions<User>> = {},
): AttackedEndpoint {
  const { keys, signatures } = countedKeys()
  const written: unknown[] = []
  const events: TokenEvent[] = []
  const handler = createTokenHandler<User>({
    project: { appId: PROJECT.appId, keys },
    authenticate: firstOf(byHeader, tickets.authenticate),
    authorize: seats,
    services: ['rtc', 'rtm', 'chat'],
    cors: { origins: ['https://app.example'], credentials: true },
    compat: { routes: 'agora-token-service' },
    inspect: { authenticate: isSupport },
    clock: () => NOW * 1000,
    onError: (...told) => void written.push(told),
    onEvent: (event) => void events.push(event),
    ...overrides,
  })
  return {
    handler,
    signatures,
    events,
    output: () =>
      inspect([written, events], { depth: 12, showHidden: true, maxStringLength: Infinity }),
    send: (request) =>
      handler.respond(toRequest(request), { ip: '203.0.113.7', target: request.path }),
  }
}

/** Makes a request of its data, for `/` where the target is no path. */
export function toRequest({ method, path, headers, body }: AttackRequest): Request {
  const url = `http://localhost${path.startsWith('/') ? path : '/'}`
  return new Request(url, { method, headers, body: body ?? null })
}

function countedKeys(): { readonly keys: KeyRing; readonly signatures: () => number } {
  const ring = certificateKeys(PROJECT.appCertificate)
  let count = 0
  const signer: KeyRing['signer'] = () => {
    count += 1
    return ring.signer()
  }
  return { keys: { signer, verifiers: () => ring.verifiers() }, signatures: () => count }
}

function byHeader({ headers }: Request): User | null {
  const isAlice = headers.get('authorization') === SECRET || headers.get('cookie') === COOKIE
  return isAlice ? { id: 'alice' } : null
}

function isSupport({ headers }: Request): User | null {
  return headers.get('authorization') === 'Bearer secret-of-support' ? { id: 'support' } : null
}

function seats({ wish }: Ask<User>): Decision {
  const { channel, services, identity } = wish
  if (services.includes('rtc') && channel !== 'room-42' && channel !== 'lobby') {
    return deny('channel_forbidden')
  }
  if (identity && String(identity.uid ?? identity.account) !== '1234') {
    return deny('identity_forbidden')
  }
  return allow({ role: channel === 'lobby' ? 'subscriber' : 'publisher' })
}
