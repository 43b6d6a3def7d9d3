import { badAnswer, noAnswer } from '@rtc-token/client-renewer/wording'
import type { ProblemDocument } from '@rtc-token/core/contract'
import { RenewError, withoutTokens, wordsOf } from '../errors.ts'
import type { TokenRequest } from '../token-source.ts'

/**
 * Fails when `fetch` got no answer. Runtimes do not say why, so that pages cannot explore networks.
 *
 * @throws {RenewError} SOURCE_FAILED; when the request was aborted, the error of `fetch`
 * @internal
 */
export function unreachable({ signal }: TokenRequest, cause: unknown): never {
  if (signal.aborted) throw cause
  throw new RenewError('SOURCE_FAILED', noAnswer(wordsOf(cause)), { cause })
}

/**
 * Creates the error for an answer that is not a token reply.
 *
 * @param problem - its problem document; `undefined` when something other than the endpoint answered
 * @internal
 */
export function refusal(
  response: Response,
  problem: ProblemDocument | undefined,
  { reason, isExpired }: TokenRequest,
): RenewError {
  const { status, headers } = response
  const { code, retryAfter, detail, errors, requestId } =
    problem ?? ({} as Partial<ProblemDocument>)
  const mayChange = status < 400 || status >= 500 || [408, 425, 429].includes(status)
  // A proxy or another page does not know the endpoint's answer: it may be a deploy.
  const isForeign = !problem && status !== 401
  const hasTime = reason !== 'join' && !isExpired
  const retryable = mayChange || (isForeign && hasTime)
  const seconds = retryAfter ?? secondsOf(headers.get('retry-after'), headers.get('date'))
  return new RenewError(
    retryable ? 'SOURCE_FAILED' : 'SOURCE_DENIED',
    `token endpoint: ${badAnswer(response, code)}`,
    {
      retryable,
      cause: code,
      problem: problem && { detail, errors, requestId },
      // Zero seconds do not ask the renewer to wait.
      retryAfterMs: seconds * 1000 || NaN,
    },
  )
}

/** Removes the current token and the app's header fields from a problem document, in case a server repeats them. */
export function withoutSecrets(
  problem: ProblemDocument,
  fields: Headers,
  previousToken = '',
): ProblemDocument {
  const words = [previousToken, ...fields.values()].join(' ').split(' ')
  const secrets = words.filter((word) => word.length > 5 && word !== 'application/json')
  const clean = (_: string, value: unknown) => {
    if (typeof value !== 'string') return value
    return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), withoutTokens(value))
  }
  const cleaned: ProblemDocument = JSON.parse(JSON.stringify(problem), clean)
  return cleaned
}

// RFC 9110, section 10.2.3: whole seconds or a date. A date is compared with the date of the answer, if the page
// may read it, because the clock of this device may be wrong.
function secondsOf(retryAfter: string | null, date: string | null): number {
  return /^\d+$/.test(retryAfter ?? '')
    ? Number(retryAfter)
    : (Date.parse(retryAfter ?? '') - (Date.parse(date ?? '') || Date.now())) / 1000
}
