import type { ProblemCode } from '@rtc-token/core/contract'

/** Something an attacker sends, what must come back, and why it is worth sending. */
export interface Attack {
  readonly name: string
  readonly request: AttackRequest
  readonly expected: {
    readonly status: number
    /** Absent from what is answered without a problem document. */
    readonly code?: ProblemCode
  }
  /** What would be lost if this got through. */
  readonly why: string
}

/** A request as data, so that a page can show it and send it. */
export interface AttackRequest {
  readonly method: string
  /** With the query; the whole target, where it is no path. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Absent from methods that have none. */
  readonly body?: string
}

/** The target of the attacks, and what the attacker has obtained. */
export interface Target {
  readonly appId: string
  /** Signs the genuine tokens that the attacker has caught. */
  readonly appCertificate: string
  /** Unix seconds. */
  readonly now: number
  /** Of a user who as uid 1234 may publish in `room-42` and listen in `lobby`. */
  readonly authorization: string
  /** The same user's, for pages. */
  readonly cookie: string
  readonly tickets: Tickets
  /** The same, made by a backend in another language. */
  readonly jwtTickets: Tickets & {
    /** As the first, each with one thing that is wrong. */
    readonly wrong: Readonly<Record<string, string>>
  }
}

/** Tickets of one form. */
interface Tickets {
  /** For subscribers in `room-42`. */
  readonly room: string
  /** Of the same form, and naming 1234 as the user of messaging. */
  readonly named: string
  /** As the first, with half a minute left. */
  readonly ending: string
  /** As the first, over. */
  readonly ended: string
}

/** What {@link post} and {@link get} can be told. */
export interface AttackOptions {
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The way to the endpoint that mints. */
const TOKENS = '/v1/tokens'

/** A post of JSON; text goes as it is. */
export function post(body: unknown, { path = TOKENS, headers = {} }: AttackOptions): AttackRequest {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

/** A request without a body. */
export function get(path: string, headers: Readonly<Record<string, string>> = {}): AttackRequest {
  return { method: 'GET', path, headers }
}

/** What is expected of what must be refused. */
export function refusal(status: number, code: ProblemCode): Attack['expected'] {
  return { status, code }
}
