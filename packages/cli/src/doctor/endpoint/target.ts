import type { Arguments } from '../../arguments/read-arguments.ts'
import { readLength } from '../../arguments/readings.ts'
import { UsageError } from '../../arguments/usage-error.ts'
import type { Bounds } from './ask.ts'
import type { Wish } from './dialect.ts'

const MOST_REQUESTS = 60
const MOST_SECONDS = 10

/** An endpoint that may be asked, and how. */
export interface Target {
  readonly url: string
  /** The address as it may be shown: without user, password and query. */
  readonly shown: string
  readonly bounds: Bounds
  /** A body with places, of an endpoint that has members of its own. */
  readonly body: string | undefined
  /** The headers of a caller who may ask; `undefined` where none is known. */
  readonly credential: Readonly<Record<string, string>> | undefined
  /** What that caller may have. */
  readonly wish: Wish
}

/** Reads which endpoint to ask. @throws {UsageError} also for one that is not on this machine and not said to be yours */
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

/** A part of a path, unless it is so long that it may be a ticket. */
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
