import type { Asked } from './asked.ts'
import { NO_HEADERS } from './cors.ts'
import { limitHeaders } from './limit/limit-headers.ts'
import type { PlainReply } from './respond.ts'
import type { BaseSettings } from './settings.ts'

/**
 * Adds to a reply what the page that asked, the limits and a developer want to know.
 *
 * @internal
 */
export function finishReply(
  { serverTiming }: BaseSettings,
  { limits, timer, corsHeaders, isUnsafe }: Asked,
  reply: PlainReply,
): PlainReply {
  const timing = serverTiming ? timingOf(timer.phases) : ''
  if (limits.length === 0 && corsHeaders === NO_HEADERS && timing === '' && !isUnsafe) return reply
  const headers = {
    ...reply.headers,
    ...limitHeaders(limits),
    ...corsHeaders,
    ...(isUnsafe ? { 'x-rtc-token-unsafe': 'allow-everyone' } : {}),
    ...(timing === '' ? {} : { 'server-timing': timing }),
  }
  return { ...reply, headers }
}

function timingOf(phases: Readonly<Record<string, number>>): string {
  return Object.entries(phases)
    .map(([name, ms]) => `${name};dur=${ms}`)
    .join(', ')
}
