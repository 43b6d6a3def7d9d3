import { isProblemDocument } from '@rtc-token/core/contract'
import type { Arguments } from '../../arguments/read-arguments.ts'
import type { Host } from '../../arguments/host.ts'
import type { Finding } from '../../output/finding.ts'
import type { Report } from '../report.ts'
import { type Answer, type Ask, Asker, NoAnswer, problemCode, type Silence } from './ask.ts'
import { checkClientNeeds, checkClock } from './client-needs.ts'
import {
  contractAt,
  type Dialect,
  serviceAt,
  templateIn,
  templateOf,
  type Wish,
} from './dialect.ts'
import { HOSTILE_WISHES, type HostileWish } from './hostile-wishes.ts'
import { type Loot, lootIn, lootText } from './loot.ts'
import { readTarget, type Target } from './target.ts'

const ORIGIN = 'https://rtc-token-doctor.example'
const WRONG = { authorization: 'Bearer rtc-token-doctor' }
type Credential = Readonly<Record<string, string>>

/** Checks that an endpoint refuses what it must, and grants what clients need. Returns what is known about it. */
export async function examineEndpoint(
  url: string,
  args: Arguments,
  host: Host,
  report: Report,
): Promise<object> {
  const target = readTarget(url, args)
  const examination = new Examination(target, report, host)
  try {
    await examination.run()
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    report.found(
      'answers',
      error.silence,
      examination.brokenOff(error) ?? silenceFinding(error.silence, target),
    )
  }
  return examination.data
}

class Examination {
  readonly #target: Target
  readonly #report: Report
  readonly #host: Host
  readonly #asker: Asker
  readonly #tokens = new Map<string, object>()
  readonly #ofTokens = new Map<string, Finding>()
  #dialect: Dialect | undefined
  #asking = ''

  constructor(target: Target, report: Report, host: Host) {
    this.#target = target
    this.#report = report
    this.#host = host
    this.#asker = new Asker(target.bounds)
  }

  get data(): object {
    const { shown } = this.#target
    return {
      url: shown,
      dialect: this.#dialect?.name,
      requests: this.#asker.count,
      tokens: [...this.#tokens.values()],
    }
  }

  /** The finding for an endpoint that has answered and then dropped a connection. */
  brokenOff({ silence }: NoAnswer): Finding | undefined {
    if (silence !== 'no connection' || this.#asker.answered === 0) return undefined
    return {
      code: 'ENDPOINT_BREAKS_OFF',
      severity: 'fatal',
      message: `It answered, then dropped the connection ${this.#asking}: one request from a stranger may crash the server.`,
      remedy: 'Look at its log, and catch errors that are thrown while it answers a request.',
    }
  }

  async run(): Promise<void> {
    const dialect = await this.#recognise()
    if (!dialect) return
    this.#dialect = dialect
    const { credential } = this.#target
    const isOpen = await this.#askAsNobody(dialect)
    if (credential) {
      const ask = (wish: Wish, headers: Credential = credential) =>
        this.#wish(dialect, wish, headers)
      await checkClientNeeds({
        ask,
        dialect,
        target: this.#target,
        report: this.#report,
        now: this.#host.now,
      })
    }
    for (const hostile of HOSTILE_WISHES) await this.#askHostile(dialect, hostile, isOpen)
    await this.#askByGet(dialect)
    for (const finding of this.#ofTokens.values())
      this.#report.found('tokens are as they should be', finding.code, finding)
    if (!isOpen && !credential) this.#report.found('more can be checked', '', NO_CREDENTIAL)
  }

  /** Detects the form of the endpoint's requests by its responses. */
  async #recognise(): Promise<Dialect | undefined> {
    const { url, wish, body } = this.#target
    const template = body === undefined ? templateIn(url) : url
    const candidates =
      template === undefined ? [contractAt(url), serviceAt(url)] : [templateOf(template, body)]
    const answers: Answer[] = []
    for (const dialect of candidates) {
      const answer = await this.#wish(dialect, wish, {})
      if (isOfEndpoint(answer)) return dialect
      answers.push(answer)
    }
    this.#report.found('is a token endpoint', `status ${answers[0]!.status}`, noEndpoint(answers))
    return undefined
  }

  async #wish(dialect: Dialect, wish: Wish, headers: Credential): Promise<Answer> {
    const ask = dialect.ask(wish)
    return this.#ask({
      ...ask,
      headers: {
        ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    })
  }

  async #ask(ask: Ask): Promise<Answer> {
    const answer = await this.#asker.ask(ask)
    const loot = lootIn(answer)
    if (loot) this.#keep(loot)
    return answer
  }

  #keep(loot: Loot): void {
    this.#tokens.set(loot.fingerprint, {
      fingerprint: loot.fingerprint,
      opens: lootText(loot),
      endsAt: loot.endsAt,
    })
    for (const finding of loot.findings) {
      const remedy = `${finding.remedy} Token ${loot.fingerprint}.`
      if (!this.#ofTokens.has(finding.code))
        this.#ofTokens.set(finding.code, { ...finding, remedy })
    }
  }

  /** Checks whether the endpoint gives tokens to everyone. */
  async #askAsNobody(dialect: Dialect): Promise<boolean> {
    const { wish } = this.#target
    const stranger = await this.#wish(dialect, wish, { origin: ORIGIN })
    const loot = lootIn(stranger)
    this.#judge(
      'refuses callers without credentials',
      stranger,
      loot && openTo(loot, 'ENDPOINT_OPEN', 'without credentials'),
    )
    checkClock(this.#report, stranger, 'agrees with this machine on the time', dateOf(stranger))
    const wrong = await this.#wish(dialect, wish, WRONG)
    const given = lootIn(wrong)
    const isNew = given && !loot
    this.#judge(
      'refuses a wrong credential',
      wrong,
      given &&
        openTo(
          given,
          'ENDPOINT_TAKES_ANY_CREDENTIAL',
          'with a made-up credential',
          isNew ? 'fatal' : 'warning',
        ),
    )
    await this.#checkReach(dialect, stranger, loot)
    return loot !== undefined
  }

  /** Checks which pages may read the reply, and that caches do not store it. */
  async #checkReach(dialect: Dialect, stranger: Answer, open: Loot | undefined): Promise<void> {
    const { credential, wish } = this.#target
    const answer =
      open || !credential
        ? stranger
        : await this.#wish(dialect, wish, { ...credential, origin: ORIGIN })
    const allowed = answer.headers.get('access-control-allow-origin')
    const withCookies = answer.headers.get('access-control-allow-credentials') === 'true'
    const isAllowed = allowed === '*' || allowed === ORIGIN
    this.#judge(
      'lets no other site read the reply',
      answer,
      isAllowed ? foreignPage(withCookies && allowed === ORIGIN) : undefined,
    )
    if (!lootIn(answer)) return
    const isStored = !/\bno-store\b/i.test(answer.headers.get('cache-control') ?? '')
    this.#judge('forbids storing the reply', answer, isStored ? STORED : undefined)
  }

  async #askHostile(dialect: Dialect, hostile: HostileWish, isOpen: boolean): Promise<void> {
    if (!dialect.has.has(hostile.needs)) return
    this.#asking = `during the check that it ${hostile.name}`
    const isAuthenticated = !isOpen && this.#target.credential !== undefined
    const wish = { ...this.#target.wish, ...hostile.wish(this.#host.now()) }
    const credential = isAuthenticated ? this.#target.credential : {}
    const answer = await this.#wish(dialect, withoutOther(wish, hostile), credential)
    const loot = lootIn(answer)
    const isFault = loot !== undefined && hostile.isFault(loot, isAuthenticated)
    this.#judge(hostile.name, answer, isFault ? hostileFinding(hostile, loot) : undefined)
  }

  /** Checks that GET gives no token: its URL stays in logs, histories and caches. */
  async #askByGet(dialect: Dialect): Promise<void> {
    const { url, credential = {}, wish } = this.#target
    const { method } = dialect.ask(wish)
    const name = 'signs nothing by GET'
    const target =
      method === 'GET'
        ? dialect.ask(wish).url
        : `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams({ ...wish }).toString()}`
    const answer = await this.#ask({ method: 'GET', url: target, headers: credential })
    this.#judge(name, answer, lootIn(answer) ? BY_GET : undefined)
  }

  #judge(name: string, answer: Answer, finding: Finding | undefined): void {
    const saw = [answer.status, problemCode(answer) ?? ''].join(' ').trim()
    if (finding) this.#report.found(name, saw, finding)
    else this.#report.good(name, saw)
  }
}

/** The header `Date` in Unix seconds; `NaN` without it. */
function dateOf({ headers }: Answer): number {
  return Date.parse(headers.get('date') ?? '') / 1000
}

/** Removes the account for a hostile uid: both together would be refused for another reason. */
function withoutOther({ account: _account, ...wish }: Wish, { needs }: HostileWish): Wish {
  return needs === 'uid' || _account === undefined ? wish : { ...wish, account: _account }
}

/** Whether a response comes from a token endpoint: with a token, a problem document, or a 401 or 403 without a page. */
function isOfEndpoint(answer: Answer): boolean {
  if (lootIn(answer) || isProblemDocument(answer.json)) return true
  const isRefusal = answer.status === 401 || answer.status === 403
  return isRefusal && !isPage(answer)
}

function isPage({ text, headers }: Answer): boolean {
  return /^\s*</.test(text) || (headers.get('content-type') ?? '').includes('html')
}

function noEndpoint(answers: readonly Answer[]): Finding {
  const [first] = answers
  const page = answers.find(isPage)
  const arrived = page
    ? `an HTML page (status ${page.status})`
    : `status ${first!.status} with neither a token nor a refusal`
  return {
    code: page ? 'ENDPOINT_ANSWERS_HTML' : 'ENDPOINT_NOT_RECOGNISED',
    severity: 'fatal',
    message: `Expected a token or a refusal as JSON, got ${arrived}.`,
    remedy:
      'Pass the whole address; for routes of your own, with placeholders: http://localhost:3000/token/{channel}/{uid}?role={role}&expiry={ttl}',
  }
}

function openTo(
  loot: Loot,
  code: string,
  how: string,
  severity: Finding['severity'] = 'fatal',
): Finding {
  return {
    code,
    severity,
    message: `A caller ${how} got a token (${loot.fingerprint}) that opens ${lootText(loot)}.`,
    remedy:
      'Authenticate the caller before you sign anything, and decide on the server what the caller gets.',
  }
}

function hostileFinding({ code, severity, message, remedy }: HostileWish, loot: Loot): Finding {
  return {
    code,
    severity,
    message: `${message}: token ${loot.fingerprint} opens ${lootText(loot)}.`,
    remedy,
  }
}

function foreignPage(isWithCookies: boolean): Finding {
  return {
    code: 'ENDPOINT_READABLE_BY_ANY_PAGE',
    severity: isWithCookies ? 'fatal' : 'warning',
    message: `Any page that a visitor opens can read the reply${isWithCookies ? ', sent with the cookies of the visitor' : ''}.`,
    remedy: 'Name the origins of your own pages in access-control-allow-origin.',
  }
}

const STORED: Finding = {
  code: 'ENDPOINT_STORABLE',
  severity: 'warning',
  message:
    'The reply with a token has no cache-control: no-store: browsers and proxies may keep it.',
  remedy: 'Send cache-control: no-store.',
}

const BY_GET: Finding = {
  code: 'ENDPOINT_SIGNS_BY_GET',
  severity: 'warning',
  message:
    'A GET request got a token: its address stays in logs and histories, and any link or image can send it.',
  remedy: 'Answer only POST requests with a JSON body.',
}

const NO_CREDENTIAL: Finding = {
  code: 'NO_CREDENTIAL',
  severity: 'info',
  message:
    'A caller without credentials was refused everything; what a caller with credentials gets was not checked.',
  remedy:
    "Pass one: --header 'authorization: Bearer …' --channel NAME, with a channel that this caller may join.",
}

const SILENCES: Readonly<
  Record<Silence, readonly [code: string, message: string, remedy: string]>
> = {
  'no connection': [
    'ENDPOINT_UNREACHABLE',
    'No connection could be made.',
    'Start the server, and check host and port.',
  ],
  'no answer': [
    'ENDPOINT_SILENT',
    'No answer arrived in time.',
    'Look for a handler that never ends its response.',
  ],
  endless: [
    'ENDPOINT_ENDLESS',
    'The reply began but did not end in time.',
    'Answer with one JSON document.',
  ],
  'too large': [
    'ENDPOINT_TOO_LARGE',
    'The reply is larger than any reply with a token.',
    'Answer with one JSON document.',
  ],
  elsewhere: [
    'ENDPOINT_REDIRECTS',
    'It redirects to another origin; the redirect was not followed.',
    'Pass the address that it redirects to.',
  ],
  'over budget': [
    'ENDPOINT_SLOW',
    'The time or the requests ran out before everything was checked.',
    'Allow more time: --within 30s.',
  ],
}

function silenceFinding(silence: Silence, { shown }: Target): Finding {
  const [code, message, remedy] = SILENCES[silence]
  const severity = silence === 'over budget' ? 'warning' : 'fatal'
  return { code, severity, message: `${message} Asked: ${shown}`, remedy }
}
