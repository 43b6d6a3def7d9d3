import { ttlSeconds } from '../checks/length-of-time.ts'
import { ROLES } from '@rtc-token/core/contract'
import type { Authenticator } from './authenticator.ts'
import { MAX_LIFE_SECONDS } from '@rtc-token/core'
import { FUNCTION, isJsonObject, kind, oneOf, optional, own, readMembers } from '../checks/kind.ts'
import { unauthenticated } from '../errors/auth-fault.ts'
import { bearerTokenOf } from './bearer-token.ts'
import { checkSecrets } from './check-secrets.ts'
import { readClaims, readPayload, writePayload } from './ticket-payload.ts'
import { noteScope, type TicketBounds, type TicketScope } from './ticket-scope.ts'
import { createTicketSeal, MAX_TICKET_LENGTH, type TicketSeal } from './ticket-seal.ts'

/** Options of {@link createTickets}. */
export interface TicketsOptions {
  /**
   * At least one secret of at least 32 characters. The first signs, all verify: to rotate, put a new secret in front
   * and later remove the old one.
   */
  readonly secrets: readonly string[]
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
}

/** Issues tickets and authenticates callers that send one. */
export interface Tickets<S extends object> {
  /**
   * Creates a ticket of at most 1 KiB for a path, `https://host/agora/t/<ticket>`, or for the `Bearer` header. Anyone
   * can read its content, and paths end up in logs, so let it expire within minutes, or with the call for a UI kit.
   *
   * @param subject - an object that JSON can represent, without secrets
   * @param ttl - seconds, or a string such as `"5m"`: 1 second to 24 hours
   * @param scope - limits for the channels, the messaging user and the role; default: none. If a user supplies the
   * channel, check it first with core's `checkChannel`, which refuses `*`
   * @throws {TypeError} when an argument is malformed, or the ticket would be longer than 1 KiB
   */
  readonly issue: (subject: S, ttl: number | string, scope?: TicketBounds) => Promise<string>
  /**
   * Authenticates by the ticket in the path segment after `/t/` or after `Bearer`. Refuses a forged or expired ticket,
   * and a request with two. After `/t/` it also accepts an HS256 JWT from another language: see docs/tickets.md.
   */
  readonly authenticate: Authenticator<S>
}

const WORDING = { whole: 'createTickets options', member: 'createTickets ' }
const SCOPE_WORDING = { whole: 'ticket scope', member: 'ticket scope.' }
const TEXT = kind('non-empty string', (value) => typeof value === 'string' && value !== '')
const SCOPE = {
  channel: optional(TEXT),
  userId: optional(TEXT),
  role: optional(oneOf(...ROLES)),
}
const MARK = 't'
const START = 't1.'
const JWT_START = 'eyJ'
// The clock of the backend that made the JWT may be ahead by this much.
const SKEW_SECONDS = 60
// A JWT is a ticket in paths only: after `Bearer` it belongs to other authenticators.
const STARTS = /^(?:t1\.|eyJ)/
const OTHER_VERSION = 'The ticket has another version'
const CLAIMS_WRONG =
  'The claims of the ticket are not those of https://rtc-token.github.io/rtc-token/tickets'
const NO_TICKET = 'The request has no ticket, neither in the path nor after Bearer'
const FORGED = 'The ticket is not signed with any of the secrets; it may have been cut short'

/**
 * Creates an issuer of tickets, for guests and for UI kits that cannot send a header. For each ticket, your backend
 * chooses the user, the expiry and the channels.
 *
 * @throws {TypeError} when an option is missing, unknown or malformed, or a secret is too short
 *
 * @example
 * const tickets = createTickets<User>({ secrets: [env.TICKET_SECRET] })
 * const tokenUrl = `https://host/agora/t/${await tickets.issue(user, '5m', { channel: 'room-42' })}`
 */
export function createTickets<S extends object>(options: TicketsOptions): Tickets<S> {
  const { clock, secrets } = readMembers(options, WORDING, {
    secrets: own((secrets) => checkSecrets(secrets, 'createTickets secrets')),
    clock: optional(FUNCTION, Date.now),
  })
  const seal = createTicketSeal(secrets)
  return {
    async issue(subject, ttl, scope = {}) {
      const endsAt = Math.floor(clock() / 1000) + ttlSeconds(ttl, 'ticket ttl')
      readMembers(scope, SCOPE_WORDING, SCOPE)
      return sealed(seal, subject, { ...scope, endsAt })
    },
    authenticate: async (request) => {
      const [ticket, other] = ticketsOf(request)
      if (ticket === undefined) return unauthenticated(request, 'no_credential', NO_TICKET)
      // Two tickets may name two subjects, and a proxy in front may have checked the other one.
      if (other !== undefined)
        return unauthenticated(request, 'malformed', 'The request has two tickets')
      return holderOf<S>(seal, ticket, request, clock() / 1000)
    },
  }
}

async function sealed(seal: TicketSeal, subject: unknown, scope: TicketScope): Promise<string> {
  if (!isJsonObject(subject)) throw new TypeError('ticket subject: object expected')
  const ticket = await seal.seal(writePayload({ subject, scope }))
  if (ticket.length <= MAX_TICKET_LENGTH) return ticket
  const got = `got ${ticket.length}; put less into the subject`
  throw new TypeError(`ticket: at most ${MAX_TICKET_LENGTH} characters expected, ${got}`)
}

async function holderOf<S extends object>(
  seal: TicketSeal,
  ticket: string,
  request: Request,
  now: number,
): Promise<S | null> {
  const isJwt = ticket.startsWith(JWT_START)
  const payload = await (isJwt ? seal.openJwt(ticket) : seal.open(ticket))
  if (payload === undefined) return unauthenticated(request, 'wrong_signature', FORGED)
  const content = isJwt ? readClaims(payload) : readPayload(payload)
  if (!content || (isJwt && content.scope.endsAt > now + MAX_LIFE_SECONDS + SKEW_SECONDS)) {
    return unauthenticated(request, 'claim_malformed', isJwt ? CLAIMS_WRONG : OTHER_VERSION)
  }
  const since = Math.floor(now - content.scope.endsAt)
  if (since >= 0) return unauthenticated(request, 'expired', `The ticket expired ${since} s ago`)
  noteScope(content.scope, content.subject, request)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the signature says issue() wrote it
  return content.subject as S
}

function ticketsOf(request: Request): readonly string[] {
  const [, , , ...segments] = request.url.replace(/[?#].*$/s, '').split('/') // https: '' host …
  const found = segments.filter((text, at) => STARTS.test(text) && segments[at - 1] === MARK)
  const bearer = bearerTokenOf(request)
  if (bearer?.startsWith(START)) found.push(bearer)
  return found
}
