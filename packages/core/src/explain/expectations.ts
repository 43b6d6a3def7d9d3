import { checkAppId, checkUid, describe } from '../checks/checks.ts'
import { type Finding, finding } from './finding.ts'

/** What a token is compared with: the values that the client joins with. Any may be left out. */
export interface ExplainExpectations {
  readonly appId?: string
  readonly channel?: string
  /** 0 to 4294967295; 0 means that Agora chooses one. At most one of `uid` and `account`. */
  readonly uid?: number
  readonly account?: string
  /** Unix seconds; default now. */
  readonly now?: number
}

/** The expectations that make sense, in the form in which tokens hold them. */
export interface Expected {
  readonly appId: string | undefined
  readonly channel: string | undefined
  /** A uid in decimal (empty for 0), or an account. */
  readonly user: string | undefined
  readonly isAccount: boolean
  /** Unix seconds. */
  readonly now: number
}

/** Reads expectations; those that make no sense become findings and are not compared. */
export function readExpectations(given: ExplainExpectations): [Expected, Finding[]] {
  const problems: (Finding | undefined)[] = [
    problem('App ID', given.appId, isAppId, 'APP_ID_INVALID'),
    problem('channel', given.channel, isText),
    problem('uid', given.uid, isUid),
    problem('account', given.account, isText),
    problem('now (Unix seconds)', given.now, isSeconds),
    given.uid !== undefined && given.account !== undefined
      ? finding('EXPECTATION_INVALID', 'One of uid and account was expected, both arrived.')
      : undefined,
  ]
  const findings = problems.filter((found) => found !== undefined)
  return [usable(given), findings]
}

function usable({ appId, channel, uid, account, now }: ExplainExpectations): Expected {
  const byUid = isUid(uid) ? (uid === 0 ? '' : String(uid)) : undefined
  const byAccount = isText(account) ? account : undefined
  return {
    appId: isAppId(appId) ? appId : undefined,
    channel: isText(channel) ? channel : undefined,
    user: uid !== undefined && account !== undefined ? undefined : (byUid ?? byAccount),
    isAccount: byUid === undefined && byAccount !== undefined,
    now: isSeconds(now) ? now : Date.now() / 1000,
  }
}

function problem(
  what: string,
  value: unknown,
  isGood: (value: unknown) => boolean,
  code: 'APP_ID_INVALID' | 'EXPECTATION_INVALID' = 'EXPECTATION_INVALID',
): Finding | undefined {
  if (value === undefined || isGood(value)) return undefined
  return finding(code, `The ${what} to compare with is not usable: ${describe(value)} arrived.`)
}

function isAppId(value: unknown): value is string {
  return passes(checkAppId, value)
}

function isUid(value: unknown): value is number {
  return value === 0 || passes(checkUid, value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Milliseconds are told from seconds by their size: as seconds they are past the year 5000. */
function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 1e11
}

function passes(check: (value: unknown) => unknown, value: unknown): boolean {
  try {
    check(value)
    return true
  } catch {
    return false
  }
}
