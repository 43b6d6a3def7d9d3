import { describe, isHex32, isInteger } from '../checks/checks.ts'
import { MAX_U32 } from '../checks/limits.ts'
import { LAYOUTS, type ServicesByName } from '../layout/layouts.ts'
import type { Tell } from './finding.ts'
import { quoteName } from './wording.ts'

/**
 * What a token is compared with: the values with which it is used. Any may be left out; of what is given,
 * a finding says what could not be compared.
 */
export interface ExplainExpectations {
  readonly appId?: string
  /**
   * The door at which the token is used. Default: `rtc` with a channel; with `userId` alone, the messaging
   * or chat that the token holds; with `uid` or `account` alone, `rtc` if the token holds that.
   */
  readonly service?: keyof ServicesByName
  /** The channel that is joined; of `apaas`, the room. */
  readonly channel?: string
  /**
   * The user of a call: 0 to 4294967295; 0 and `null` mean that Agora chooses one, as in a join without a
   * uid. At most one of `uid` and `account`. A service whose users have a user id is compared with it
   * where `userId` is not given.
   */
  readonly uid?: number | null
  readonly account?: string
  /** The user of messaging and chat: `rtm`, `rtm2`, `chat`, `apaas`. */
  readonly userId?: string
  /** Unix seconds; default now. */
  readonly now?: number
}

/** The expectations that make sense, in the form in which tokens hold them. */
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

/** How each expectation is called, and whether it makes sense. */
const CHECKS: Readonly<Record<string, readonly [name: string, isGood: Check]>> = {
  appId: ['App ID', isHex32],
  service: ['service', (value) => isText(value) && Object.hasOwn(LAYOUTS, String(value))],
  channel: ['channel', isText],
  uid: ['uid', (value) => isInteger(value, 0, MAX_U32)],
  account: ['account', isText],
  userId: ['userId', isText],
  // Milliseconds are told from seconds by their size: as seconds they are past the year 5000.
  now: ['now (Unix seconds)', (value) => typeof value === 'number' && value >= 0 && value < 1e11],
}

/** Reads expectations; tells of those that make no sense, and does not compare them. */
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
