import type { ExplainExpectations } from '../explain/expectations.ts'
import { type Explanation, explainToken } from '../explain/explain-token.ts'
import type { Finding } from '../explain/finding.ts'
import { findRows } from './find-rows.ts'
import type { SdkErrorMeaning, SdkName } from './meaning.ts'
import { readError } from './read-error.ts'
import { sayMeanings, sayToken } from './wording.ts'

/** What you know about an error. All members are optional. */
export interface SdkErrorOptions extends ExplainExpectations {
  /** The SDK that reported the error. Default: recognised from the error, as far as possible. */
  readonly sdk?: SdkName
  /**
   * The call or callback that the error came from, such as `'login'` or `'onConnectionStateChanged'`. Small
   * numbers have different meanings in different calls. Default: any of them.
   */
  readonly from?: string
  /**
   * The token that the SDK got; `null` for none. `explainToken` compares it with the other members; the default
   * `service` is that of the SDK.
   */
  readonly token?: string | null
  /**
   * Explains the token. Default: `explainToken` of `@rtc-token/core/inspect`, which needs no secret. On a
   * server, you can pass a function that also checks the signature.
   */
  readonly explain?: (token: string, expected: ExplainExpectations) => Explanation
}

/** What `explainSdkError` returns. */
export interface SdkErrorExplanation {
  /**
   * `known`: all of `meanings` apply. `ambiguous`: one of them applies, depending on the SDK or the call; pass
   * `sdk` or `from` to narrow it down. `unknown`: the error is not in the table; if you passed `sdk`, `meanings`
   * tells what it means in other SDKs.
   */
  readonly kind: 'known' | 'ambiguous' | 'unknown'
  /** The explanation in sentences. It quotes nothing from the error except what is in the table. */
  readonly message: string
  readonly meanings: readonly SdkErrorMeaning[]
  /** The findings about the token that explain this error, the worst first. Empty without a token. */
  readonly because: readonly Finding[]
  /** The full result of `explainToken`; `undefined` without a token. */
  readonly token: Explanation | undefined
}

/**
 * Explains an error of Agora's SDKs or HTTP APIs: what it means, what to check, and what in the token causes
 * it. Pass what was thrown, emitted or printed: an error, a code, a number or a line from the console. An
 * error that is not in its table is `unknown`; it never guesses, and never throws.
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

/** The service that an SDK uses its token for. */
const DOORS: Readonly<Partial<Record<SdkName, ExplainExpectations['service']>>> = {
  web: 'rtc',
  native: 'rtc',
  rtm: 'rtm',
  'rtm-v1': 'rtm',
  chat: 'chat',
}

/** Returns the service that was meant, if there is only one. Messaging with a channel may be a stream channel. */
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
