import type { RequestState } from './request-state.ts'
import { NO_HEADERS } from '../http/cors.ts'
import { limitHeaders } from '../limit/limit-headers.ts'
import type { PlainReply } from '../http/reply.ts'
import type { BaseSettings } from '../options/settings.ts'

/**
 * Adds the headers for CORS, for limits, for timing, and the mark of `unsafeAllowEveryone` to a reply.
 *
 * @internal
 */
export function finishReply(
  { serverTiming, isUnsafe }: BaseSettings,
  { limits, timer, corsHeaders }: RequestState,
  reply: PlainReply,
): PlainReply {
  const timing = serverTiming ? timingOf(timer.phases) : ''
  if (limits.length === 0 && corsHeaders === NO_HEADERS && timing === '' && !isUnsafe) return reply
  // `Object.assign`, because a literal that begins with a spread is several times slower in V8.
  const headers: Record<string, string> = Object.assign({}, reply.headers, corsHeaders)
  if (limits.length > 0) Object.assign(headers, limitHeaders(limits))
  if (isUnsafe) headers['x-rtc-token-unsafe'] = 'allow-everyone'
  if (timing !== '') headers['server-timing'] = timing
  return { status: reply.status, headers, body: reply.body }
}

function timingOf(phases: Readonly<Record<string, number>>): string {
  return Object.entries(phases)
    .map(([name, ms]) => `${name};dur=${ms}`)
    .join(', ')
}
