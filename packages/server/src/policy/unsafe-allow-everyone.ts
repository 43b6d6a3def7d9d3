import type { Authorizer } from './policy.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Subject } from '../auth/subject.ts'
import { allow } from './policy.ts'
import { allocateUid } from './allocate-uid.ts'
import { ANYTHING, optional, orNull, readMembers } from '../checks/kind.ts'

/** Options of {@link unsafeAllowEveryone}. */
export interface UnsafeAllowEveryoneOptions {
  /** Required when `NODE_ENV` is set to anything but `development` or `test`. Default: not given. */
  readonly iKnow?: 'publishes tokens to the internet'
  /** Receives the warning, once. Default `console.warn`. */
  readonly warn?: (message: string) => void
}

/** Both hooks of a handler that refuses no caller: spread them into the options. */
export interface OpenHooks {
  readonly authenticate: Authenticator<Subject>
  readonly authorize: Authorizer<Subject>
}

/** The tags of every grant that {@link unsafeAllowEveryone} makes. */
export const UNSAFE_TAGS = { unsafe: 'allow-everyone' } as const

const WORDING = { whole: 'unsafeAllowEveryone options', member: 'unsafeAllowEveryone ' }
const OPTIONS = { iKnow: optional(ANYTHING), warn: orNull(optional(ANYTHING)) }
const CONFESSION = 'publishes tokens to the internet'
const WHERE = 'where NODE_ENV is neither development nor test'
// Compose files and dashboards pass unset variables as empty strings.
const HARMLESS: ReadonlySet<string> = new Set(['', 'development', 'test'])
const WARNING =
  'unsafeAllowEveryone: everyone who reaches this endpoint gets a token for any channel'

/**
 * Grants every caller everything, for demos and for a first try. It prints a warning. Every grant has the tag `unsafe:
 * 'allow-everyone'`, and every reply the header `x-rtc-token-unsafe`. A caller that sends no identity gets a random
 * uid. Without `NODE_ENV` it cannot tell production from development.
 *
 * @throws {TypeError} when `NODE_ENV` is set to anything but `development` or `test`, such as `production` or
 * `staging`, and `iKnow` is not given
 *
 * @example
 * createTokenHandler({ project, ...unsafeAllowEveryone() })
 */
export function unsafeAllowEveryone(options: UnsafeAllowEveryoneOptions = {}): OpenHooks {
  const { iKnow, warn = console.warn } = readMembers(options, WORDING, OPTIONS) // oxlint-disable-line no-console -- the default sink
  if (!isHarmless() && iKnow !== CONFESSION) {
    throw new TypeError(`unsafeAllowEveryone: iKnow: '${CONFESSION}' expected ${WHERE}`)
  }
  warn(WARNING)
  return { authenticate: () => ({ id: 'everyone' }), authorize: authorizeEveryone }
}

/** Whether a policy is that of {@link unsafeAllowEveryone}. @internal */
export function isOpenToEveryone(authorize: unknown): boolean {
  return authorize === authorizeEveryone
}

const authorizeEveryone: Authorizer<Subject> = ({ wish }) => {
  const identity = wish.identity ?? { uid: allocateUid(crypto.randomUUID(), wish.channel) }
  return allow({ identity, role: wish.role, tags: UNSAFE_TAGS })
}

function isHarmless(): boolean {
  const { process }: { readonly process?: { readonly env?: NodeJS.ProcessEnv } } = globalThis
  return HARMLESS.has(process?.env?.['NODE_ENV'] ?? '')
}
