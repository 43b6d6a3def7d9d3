import { PROBLEM_STATUS, type ProblemCode } from '@rtc-token/core/contract'

/** The channel that most attacks are on. */
export const STAGE = 'tenant-acme-stage'

/** What Lin may wish, as a listener. */
export const LIN = { channel: STAGE, uid: 1003 } as const

/** The query by which any caller publishes at the naive endpoint. */
export const PUBLISH = '?role=publisher'

/** A request as data, so that the page can show it. */
export interface AttackRequest {
  readonly method: 'GET' | 'POST'
  /** With the query. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Absent from a GET. */
  readonly body?: string
}

/** One attack on both endpoints, each in the shape that it understands. */
export interface AttackRow {
  readonly name: string
  /** What would be lost if this got through. */
  readonly why: string
  /** What is sent to the token handler. */
  readonly request: AttackRequest
  /** What the token handler must answer. */
  readonly expected: { readonly status: number; readonly code: ProblemCode }
  /** What comes to the same at the naive endpoint. */
  readonly naive: AttackRequest
}

/** What the attacker has come by: Lin's own pass, and tokens. */
export interface AttackTarget {
  /** The header of Lin, who as uid 1003 may listen in the channels of one tenant. */
  readonly authorization: string
  readonly tokens: {
    /** Lin's own. */
    readonly own: string
    /** The host's of the same channel. */
    readonly ofHost: string
    /** Signed by another certificate. */
    readonly foreign: string
    /** Lin's own, over for hours. */
    readonly ended: string
    /** Of the right form, with content that expands a thousandfold. */
    readonly bomb: string
  }
}

/** The path of the naive endpoint for a wish. */
export function naively(channel: string, uid: string, query = ''): AttackRequest {
  const path = `/rtc/${encodeURIComponent(channel)}/${encodeURIComponent(uid)}`
  return { method: 'GET', path: `${path}${query}`, headers: {} }
}

/** A wish as the token handler expects it: JSON by POST; text goes as it is. */
export function wish(
  body: object | string,
  headers: Readonly<Record<string, string>>,
): AttackRequest {
  return {
    method: 'POST',
    path: '/v1/tokens',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

/** Puts a row together; the status is the one of the code. */
export function attackRow(
  [name, request, code]: readonly [name: string, request: AttackRequest, code: ProblemCode],
  why: string,
  naive: AttackRequest,
): AttackRow {
  return { name, why, request, expected: { status: PROBLEM_STATUS[code], code }, naive }
}
