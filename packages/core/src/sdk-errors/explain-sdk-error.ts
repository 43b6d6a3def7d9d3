import type { ExplainExpectations } from '../explain/expectations.ts'
import { type Explanation, explainToken } from '../explain/explain-token.ts'
import type { Finding } from '../explain/finding.ts'
import { findRows } from './find-rows.ts'
import type { SdkErrorMeaning, SdkName } from './meaning.ts'
import { readError } from './read-error.ts'
import { sayMeanings, sayToken } from './wording.ts'

/** What is known about an error besides itself. Any may be left out. */
export interface SdkErrorOptions extends ExplainExpectations {
  /** The SDK that said it. Default: told from the error, as far as it can be. */
  readonly sdk?: SdkName
  /**
   * The call or the callback that it came from, such as `'login'` or `'onConnectionStateChanged'`. Small
   * numbers mean something else in each.
   */
  readonly from?: string
  /**
   * The token that the SDK was given, `null` for none. It is explained with the other members, as by
   * `explainToken`; `service` is by default that of the SDK.
   */
  readonly token?: string | null
  /**
   * What explains the token. Default: `explainToken` of `@rtc-token/core/inspect`, which needs no secret. On a
   * server, pass one that compares the signature too.
   */
  readonly explain?: (token: string, expected: ExplainExpectations) => Explanation
}

/** What an error of an SDK means. */
export interface SdkErrorExplanation {
  /**
   * `known`: it means this, or all of this at once. `ambiguous`: it means one of these; which, tells the SDK
   * or the call that it came from. `unknown`: it is not in the table; `meanings` is then what other SDKs mean
   * by it, if the caller named one and they do.
   */
  readonly kind: 'known' | 'ambiguous' | 'unknown'
  /** Sentences in plain words. They repeat nothing of the error but what is in the table. */
  readonly message: string
  readonly meanings: readonly SdkErrorMeaning[]
  /** What in the token leads to this error, the worst first. Empty without a token. */
  readonly because: readonly Finding[]
  /** All that `explainToken` says of the token; `undefined` without one. */
  readonly token: Explanation | undefined
}

/**
 * Says what an error of one of Agora's SDKs or HTTP APIs means and what to look at, and what in the token
 * leads to it. Takes what was thrown, emitted or printed: an error, a code, a number, a line of the
 * console. What is not in the table is said to be unknown, never guessed. Never throws.
 *
 * @example
 * ```ts
 * try {
 *   await client.join(appId, channel, token, uid)
 * } catch (error) {
 *   console.error(explainSdkError(error, { token, appId, channel, uid }).message)
 * }
 * ```
 */
export function explainSdkError(
  error: unknown,
  options: SdkErrorOptions = {},
): SdkErrorExplanation {
  const { sdk, from, token: given, explain = explainToken, ...expected } = options
  const { text, numbers } = readError(error)
  const evidence = { text: typeof from === 'string' ? `${text}\n${from}` : text, numbers }
  const { rows, isSure } = findRows(evidence, sdk)
  const kind = rows.length === 0 ? 'unknown' : isSure ? 'known' : 'ambiguous'
  const elsewhere = kind === 'unknown' ? findRows(evidence, undefined).rows : []
  const meanings = [...rows, ...elsewhere].map(({ means }) => means)
  const compared = { ...doorOf(meanings, sdk, expected), ...expected }
  const token = given === undefined ? undefined : attempt(explain, given ?? '', compared)
  const because = leadingTo(meanings, token)
  const sentences = [sayMeanings(kind, meanings), sayToken(meanings, because, token)]
  return { kind, message: sentences.join(' ').trim(), meanings, because, token }
}

/** The door at which an SDK shows its token. */
const DOORS: Readonly<Partial<Record<SdkName, ExplainExpectations['service']>>> = {
  web: 'rtc',
  native: 'rtc',
  rtm: 'rtm',
  'rtm-v1': 'rtm',
  chat: 'chat',
}

/** The door that was meant, where it is one. Those of messaging with a channel may be stream channels. */
function doorOf(
  meanings: readonly SdkErrorMeaning[],
  sdk: SdkName | undefined,
  { channel }: ExplainExpectations,
): Pick<ExplainExpectations, 'service'> {
  const sdks = sdk === undefined ? meanings.flatMap((meaning) => meaning.sdks) : [sdk]
  const [service, ...others] = new Set(sdks.map((name) => DOORS[name]))
  if (!service || others.length > 0 || (service === 'rtm' && channel !== undefined)) return {}
  return { service }
}

type Explain = NonNullable<SdkErrorOptions['explain']>

function attempt(explain: Explain, token: string, expected: ExplainExpectations): Explanation {
  try {
    return explain(token, expected)
  } catch {
    return explainToken(token, expected)
  }
}

function leadingTo(
  meanings: readonly SdkErrorMeaning[],
  token: Explanation | undefined,
): readonly Finding[] {
  const errors = new Set(meanings.flatMap(({ platformErrors }) => platformErrors))
  const findings = token?.findings.filter(({ code }) => code !== 'NO_FAULT_FOUND') ?? []
  return findings.filter(({ platformErrors }) => platformErrors.some((error) => errors.has(error)))
}
