import { describe, isHex32, isInteger } from '../checks/checks.ts'
import { MAX_U32 } from '../checks/limits.ts'
import { LAYOUTS, type ServicesByName } from '../layout/layouts.ts'
import type { Tell } from './finding.ts'
import { quoteName } from './wording.ts'

/**
 * The values that the client uses a token with. All are optional; what you leave out is not compared. A finding
 * reports each value that could not be compared or is invalid.
 */
export interface ExplainExpectations {
  readonly appId?: string
  /**
   * The service that the client uses the token for. Default: `rtc` with a channel; with `userId` alone, the
   * messaging or chat service in the token; with `uid` or `account` alone, `rtc` if the token holds it.
   */
  readonly service?: keyof ServicesByName
  /** The channel that the client joins; for `apaas`, the room. */
  readonly channel?: string
  /**
   * The uid that the client joins with, 0 to 4294967295; with 0 or `null`, Agora chooses one. At most one of
   * `uid` and `account`. Services with a user id are compared with it too, unless you pass `userId`.
   */
  readonly uid?: number | null
  readonly account?: string
  /** The user id that the client logs in with: for `rtm`, `rtm2`, `chat` and `apaas`. */
  readonly userId?: string
  /** Unix seconds. Default: now. */
  readonly now?: number
}

/** The valid expectations, in the form in which a token stores them. */
export interface Expected {
  readonly appId: string | undefined
  readonly service: keyof ServicesByName | undefined
  readonly channel: string | undefined
  /** A uid in decimal (empty for 0), or an account. */
  readonly user: string | undefined
  readonly isAccount: boolean
  readonly userId: string | undefined
  /** Unix seconds. */
  readonly now: number
}

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string' && value !== ''

/** The name of each expectation in messages, and the check whether it is valid. */
const CHECKS: Readonly<Record<string, readonly [name: string, isGood: Check]>> = {
  appId: ['App ID', isHex32],
  service: ['service', (value) => isText(value) && Object.hasOwn(LAYOUTS, String(value))],
  channel: ['channel', isText],
  uid: ['uid', (value) => isInteger(value, 0, MAX_U32)],
  account: ['account', isText],
  userId: ['userId', isText],
  // Milliseconds are recognised by their size: as seconds, they are past the year 5000.
  now: ['now (Unix seconds)', (value) => typeof value === 'number' && value >= 0 && value < 1e11],
}

/** Reads expectations, and reports those that are invalid instead of comparing them. */
export function readExpectations(tell: Tell, asked: ExplainExpectations): Expected {
  const given = Object.entries({ ...asked, ...(asked.uid === null ? { uid: 0 } : {}) })
  const good = given.filter(([name, value]) => isUsable(tell, name, value))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each was checked
  const usable = Object.fromEntries(good) as ExplainExpectations
  const { appId, service, channel, uid, account, userId, now = Date.now() / 1000 } = usable
  const isBoth = uid !== undefined && account !== undefined
  if (isBoth) tell('EXPECTATION_INVALID', 'Expected one of uid and account, got both.')
  const user = isBoth ? undefined : uid ? String(uid) : uid === 0 ? '' : account
  return { appId, service, channel, user, isAccount: uid === undefined, userId, now }
}

function isUsable(tell: Tell, name: string, value: unknown): boolean {
  if (value === undefined) return true
  const [what, isGood] = (Object.hasOwn(CHECKS, name) && CHECKS[name]) || []
  if (!isGood) tell('NOT_COMPARED', `${quoteName(name)} was given, which is not compared here.`)
  else if (isGood(value)) return true
  else {
    const code = name === 'appId' ? 'APP_ID_INVALID' : 'EXPECTATION_INVALID'
    tell(code, `The ${what} to compare with is not usable: got ${describe(value)}.`)
  }
  return false
}
