import type { Arguments } from '../../arguments/read-arguments.ts'
import { readLength } from '../../arguments/readings.ts'
import { UsageError } from '../../arguments/usage-error.ts'
import type { Bounds } from './ask.ts'
import type { Wish } from './dialect.ts'

const MOST_REQUESTS = 60
const MOST_SECONDS = 10

/** The endpoint to check, and how to call it. */
export interface Target {
  readonly url: string
  /** The address without user, password and query, which is safe to show. */
  readonly shown: string
  readonly bounds: Bounds
  /** A body with placeholders, for an endpoint with its own member names. */
  readonly body: string | undefined
  /** The headers of an authorised caller; `undefined` if none are given. */
  readonly credential: Readonly<Record<string, string>> | undefined
  /** What this caller may request. */
  readonly wish: Wish
}

/** Reads the endpoint to check. @throws {UsageError} also for another machine without `--this-is-mine` */
export function readTarget(given: string, args: Arguments): Target {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(
      'Expected an address that begins with http:// or https://, got another string.',
    )
  }
  if (!isLoopback(url.hostname) && !args.has('this-is-mine')) {
    throw new UsageError(
      'Expected an address on this machine, got another: attack an endpoint only if it is yours.',
      'If it is yours, add --this-is-mine.',
    )
  }
  return {
    url: given,
    shown: `${url.origin}${url.pathname.split('/').map(shownSegment).join('/')}`,
    bounds: boundsOf(args),
    body: args.value('body'),
    credential: credentialOf(args.values('header')),
    wish: wishOf(args),
  }
}

/** Hides a part of a path that is long enough to be a ticket. */
function shownSegment(segment: string): string {
  return segment.length > 40 ? '…' : segment.replaceAll('%7B', '{').replaceAll('%7D', '}')
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(host)
}

function boundsOf(args: Arguments): Bounds {
  const requests = Number(args.value('requests') ?? MOST_REQUESTS)
  if (!Number.isInteger(requests) || requests < 1 || requests > MOST_REQUESTS) {
    throw new UsageError(
      `--requests: expected a whole number from 1 to ${MOST_REQUESTS}, got another value.`,
    )
  }
  return {
    requests,
    totalMs: readLength(args.value('within') ?? `${MOST_SECONDS}s`, '--within') * 1000,
  }
}

function credentialOf(given: readonly string[]): Target['credential'] {
  if (given.length === 0) return undefined
  return Object.fromEntries(given.map(readHeader))
}

function readHeader(given: string): [name: string, value: string] {
  const [, name, value] = /^([!#$%&'*+.^`|~\w-]+):[ \t]*([\t\u0020-\u007E]+)$/.exec(given) ?? []
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value]
  throw new UsageError(
    "--header: expected 'name: value', got another string.",
    "For example: --header 'authorization: Bearer …'",
  )
}

function wishOf(args: Arguments): Wish {
  const account = args.value('account')
  const role = args.value('role')
  const uid =
    args.value('uid') ?? (account === undefined && !args.has('header') ? '4242' : undefined)
  return {
    channel: args.value('channel') ?? 'rtc-token-doctor',
    ...(uid === undefined ? {} : { uid }),
    ...(account === undefined ? {} : { account }),
    ...(role === undefined ? {} : { role }),
  }
}
