import { fingerprint } from '@rtc-token/core'
import { isTokenReply } from '@rtc-token/core/contract'
import {
  createTokenHandler,
  type DecisionEvent,
  memoryLimiter,
  type TokenHandler,
} from '@rtc-token/server'
import { createDirectory, type Directory, type Person } from './directory.ts'
import { throwAwayProject } from '../project/lab-project.ts'
import { labPolicy } from './policy-lab-rules.ts'
import { type LabStep, stepsOf } from './policy-lab-steps.ts'

/** What a visitor puts to the policy. */
export interface LabQuestion {
  /** Who asks: an id of the directory; any other string is a caller without credentials. */
  readonly person: string
  /** The body as it is to be sent. A `previousToken` is named by its fingerprint. */
  readonly body: Readonly<Record<string, unknown>>
}

/** What happened to the question. Free of secrets: tokens are fingerprints, passes are left out. */
export interface LabAnswer {
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: Readonly<Record<string, unknown>>
  }
  /** In the order in which they happened; what was not reached comes last. */
  readonly steps: readonly LabStep[]
  readonly reply: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: Readonly<Record<string, unknown>>
  }
  /** The audit event; `null` when none was written. */
  readonly event: DecisionEvent | null
  /** Of the token that was granted; `null` after a refusal. */
  readonly fingerprint: string | null
}

/** A real token handler with the policy of `policy-lab-rules.ts`, and all that can be seen of it. */
export interface PolicyLab {
  readonly ask: (question: LabQuestion) => Promise<LabAnswer>
}

const PATH = '/v1/tokens'
const REMEMBERED = 100

/** Creates the lab; `clock` gives unix milliseconds, by default the machine's. */
export function createPolicyLab(clock: () => number = Date.now): PolicyLab {
  const directory = createDirectory()
  const events = new Map<string, DecisionEvent>()
  const tokens = new Map<string, string>()
  const handler = labHandler(directory, events, clock)
  return {
    async ask({ person, body }) {
      const credentials = directory.credentialsOf(person)
      const reply = await handler.respond(toRequest(credentials, withToken(body, tokens)))
      const { requestId, token, shown } = readReply(reply.body)
      if (token !== undefined) remember(tokens, token)
      const event = events.get(requestId) ?? null
      events.delete(requestId)
      return {
        request: { method: 'POST', path: PATH, headers: shownHeaders(credentials), body },
        steps: stepsOf(event?.phases),
        reply: { status: reply.status, headers: reply.headers, body: shown },
        event,
        fingerprint: token === undefined ? null : fingerprint(token),
      }
    },
  }
}

function labHandler(
  directory: Directory,
  events: Map<string, DecisionEvent>,
  clock: () => number,
): TokenHandler<Person> {
  return createTokenHandler<Person>({
    project: throwAwayProject(),
    authenticate: directory.find,
    authorize: labPolicy,
    services: ['rtc', 'rtm'],
    limits: { perSubject: memoryLimiter({ name: 'subject', limit: 30, windowSeconds: 60 }) },
    serverTiming: true,
    // A reply is held back until its event is there to be shown beside it.
    audit: 'required',
    onEvent: (event) => {
      if ('requestId' in event) events.set(event.requestId, event)
    },
    onError: () => undefined,
    clock,
  })
}

function toRequest(credentials: Readonly<Record<string, string>>, body: object): Request {
  const headers = { 'content-type': 'application/json', ...credentials }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  return new Request(`http://localhost${PATH}`, init)
}

// The page knows a token by its fingerprint only; what it names otherwise is sent as it is.
function withToken(body: LabQuestion['body'], tokens: ReadonlyMap<string, string>): object {
  const { previousToken: named } = body
  const token = typeof named === 'string' ? tokens.get(named) : undefined
  return token === undefined ? body : { ...body, previousToken: token }
}

function readReply(text: string): {
  readonly requestId: string
  readonly token: string | undefined
  readonly shown: Readonly<Record<string, unknown>>
} {
  const body: Readonly<Record<string, unknown>> = JSON.parse(text)
  const requestId = String(body['requestId'])
  if (!isTokenReply(body)) return { requestId, token: undefined, shown: body }
  const { token } = body
  const shown = { ...body, token: `fingerprint ${fingerprint(token)}` }
  return { requestId, token, shown }
}

function remember(tokens: Map<string, string>, token: string): void {
  tokens.set(fingerprint(token), token)
  const [oldest] = tokens.keys()
  if (tokens.size > REMEMBERED && oldest !== undefined) tokens.delete(oldest)
}

function shownHeaders(
  credentials: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const hasPass = 'authorization' in credentials
  return {
    'content-type': 'application/json',
    ...(hasPass && { authorization: 'Bearer (the pass of this user)' }),
  }
}
