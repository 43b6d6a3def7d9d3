import { isTokenReply, type TokenReply } from '@rtc-token/core/contract'
import type { Finding } from '../../output/finding.ts'
import { lengthText } from '../../output/moments.ts'
import type { Report } from '../report.ts'
import { type Answer, problemCode } from './ask.ts'
import type { Dialect, Wish } from './dialect.ts'
import { type Loot, lootIn, lootText } from './loot.ts'
import type { Target } from './target.ts'

interface Needs {
  readonly ask: (wish: Wish) => Promise<Answer>
  readonly dialect: Dialect
  readonly target: Target
  readonly report: Report
  readonly now: () => number
}

const SHORTEST_SECONDS = 60
const SKEW_SECONDS = 30
const DAY_SECONDS = 86_400

/** Checks what an authorised client needs: a token, the right user, a good life, a renewal. */
export async function checkClientNeeds(needs: Needs): Promise<void> {
  const { ask, target, report } = needs
  const answer = await ask(target.wish)
  const loot = lootIn(answer)
  if (!loot)
    return report.found(
      'gives a token to a caller who may have one',
      `${answer.status}`,
      refused(answer),
    )
  report.good('gives a token to a caller who may have one', lootText(loot))
  checkLife(report, loot)
  checkClock(report, answer, 'signs with the time of this machine', loot.issuedAt)
  if (isTokenReply(answer.json)) await checkReply(needs, answer.json, loot)
  else report.found('answers as the contract says', '', NOT_THE_CONTRACT)
  await checkForeign(needs, loot)
}

function refused(answer: Answer): Finding {
  const { status } = answer
  const code = problemCode(answer)
  return {
    code: code ?? 'CREDENTIAL_REFUSED',
    severity: 'fatal',
    message: `Expected a token for the given credential, got status ${status}${code === undefined ? '' : ` (${code})`}.`,
    remedy:
      status === 401
        ? 'Pass a credential that is still valid.'
        : 'Name what this caller may have: --channel, --uid or --account, --role.',
  }
}

function checkLife(report: Report, { endsAt, issuedAt, writtenSeconds }: Loot): void {
  const life = endsAt - issuedAt
  const isGood = life >= SHORTEST_SECONDS && writtenSeconds <= DAY_SECONDS
  if (isGood) return report.good('lets it live long enough', lengthText(life))
  report.found('lets it live long enough', lengthText(life), {
    code: life < SHORTEST_SECONDS ? 'LIFE_TOO_SHORT' : 'LIFE_OVER_24_HOURS',
    severity: 'warning',
    message: `Expected a life of ${SHORTEST_SECONDS} s to 24 h, got ${lengthText(Math.max(life, writtenSeconds))}.`,
    remedy: 'An hour suits most calls.',
  })
}

/** Compares the server's clock with the local time at which its response arrived. */
export function checkClock(report: Report, { at }: Answer, name: string, time: number): void {
  if (!Number.isFinite(time)) return
  const skew = time - at
  if (Math.abs(skew) < SKEW_SECONDS) return report.good(name, '')
  report.found(name, lengthText(skew), {
    code: 'CLOCKS_DIFFER',
    severity: 'warning',
    message: `The server's clock is ${lengthText(skew)} ${skew > 0 ? 'ahead of' : 'behind'} the clock of this machine.`,
    remedy:
      'Set both by NTP: a token from a clock that is ahead is refused at first; one from a clock that is behind ends early.',
  })
}

const NOT_THE_CONTRACT: Finding = {
  code: 'REPLY_WITHOUT_RENEWAL',
  severity: 'info',
  message:
    'The reply has a token, but not expiresIn and renewIn, which tell a client when to renew.',
  remedy:
    '@rtc-token/server sends them; without them, httpSource of @rtc-token/client-renewer needs a parse function.',
}

async function checkReply(
  { ask, dialect, target, report }: Needs,
  reply: TokenReply,
  loot: Loot,
): Promise<void> {
  const user = reply.uid === undefined ? reply.account : String(reply.uid)
  const isEchoed = reply.channel === loot.channel && (user ?? '') === loot.user
  note(report, 'says which user the token is for', isEchoed, {
    code: 'IDENTITY_NOT_ECHOED',
    severity: 'warning',
    message: 'The reply names a different channel or user from the one the token is for.',
    remedy:
      'Answer with the channel and the uid or account that were signed: the client joins with them.',
  })
  const isRenewable =
    reply.renewIn > 0 &&
    reply.renewIn < reply.expiresIn &&
    reply.expiresIn <= loot.endsAt - loot.issuedAt + 1
  note(report, 'says when to renew', isRenewable, {
    code: 'RENEWAL_TIME_INVALID',
    severity: 'warning',
    message: `Expected a renewIn below expiresIn, and an expiresIn within the life of the token; got ${reply.renewIn} and ${reply.expiresIn}.`,
    remedy: 'Compute both from the life that was signed.',
  })
  if (!dialect.has.has('previousToken')) return
  const renewed = await ask({ ...target.wish, previousToken: loot.token })
  note(report, 'renews with the previous token', lootIn(renewed) !== undefined, {
    code: 'RENEWAL_FAILS',
    severity: 'warning',
    message: `Expected a token for previousToken, got status ${renewed.status}.`,
    remedy: 'Accept a previousToken that is still valid, from the caller it was made for.',
  })
}

/** Checks that the endpoint refuses what is not the caller's: an unknown channel and another user. */
async function checkForeign({ ask, dialect, target, report }: Needs, loot: Loot): Promise<void> {
  const channel = await ask({
    ...target.wish,
    channel: `rtc-token-doctor-${Math.random().toString(36).slice(2)}`,
  })
  const got = lootIn(channel)
  note(report, 'refuses a channel that is not the caller’s', !got, {
    code: 'FOREIGN_CHANNEL_GRANTED',
    severity: 'warning',
    message: `The caller got a token for a channel that does not exist: ${got ? lootText(got) : ''}.`,
    remedy: 'Grant only channels that your server knows this caller may join.',
  })
  if (!dialect.has.has('uid')) return
  const { account: _account, ...wish } = target.wish
  const other = loot.user === '4243' ? '4244' : '4243'
  const taken = lootIn(await ask({ ...wish, uid: other }))
  note(report, 'refuses to sign for another user', taken?.user !== other, {
    code: 'FOREIGN_USER_GRANTED',
    severity: 'warning',
    message: `The caller asked to be user ${other} and got a token: joining with the uid of another user puts that user out of the call.`,
    remedy: 'Take the uid or account from what your server knows about the caller.',
  })
}

function note(report: Report, name: string, isGood: boolean, finding: Finding): void {
  if (isGood) report.good(name, '')
  else report.found(name, '', finding)
}
