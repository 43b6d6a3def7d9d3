import type { Phase, Renewer, RenewReason } from '@rtc-token/client-renewer'
import type { Tone } from '../../design/tone.ts'
import type { EntryKind } from './log-entry.ts'

/** Writes a line of the log. */
export type Note = (kind: EntryKind, text: string, tone?: Tone) => void

/** How each phase is to be taken. */
export const PHASE_TONES: Readonly<Record<Phase, Tone>> = {
  idle: 'plain',
  joining: 'plain',
  fresh: 'good',
  renewing: 'plain',
  rejoining: 'warn',
  waiting: 'warn',
  stopped: 'plain',
  failed: 'bad',
  disposed: 'plain',
}

const REASONS: Readonly<Record<RenewReason, string>> = {
  join: 'to join with',
  start: 'to begin with',
  schedule: 'as planned, before the present one ends',
  'will-expire': 'because the SDK warns',
  expired: 'because the present one has ended',
  manual: 'because the app asked',
}

/** Writes every event of a renewer into the log, in words. */
export function tellStory(renewer: Renewer, note: Note): void {
  renewer.on('phase', (next, previous) => note('phase', `${previous} → ${next}`, PHASE_TONES[next]))
  renewer.on('fetching', ({ reason, attempt }) => {
    const tries = attempt > 1 ? ` (try ${attempt})` : ''
    note('fetching', `Asking for a token, ${REASONS[reason]}${tries}`)
  })
  renewer.on('retry', ({ error, attempt, inMs }) => {
    const then = inMs > 0 ? `the next in ${seconds(inMs)}` : 'the next at once'
    note('retry', `Try ${attempt} failed (${error.code}: ${error.message}); ${then}`, 'warn')
  })
  renewer.on('renewed', ({ via, attempts, tookMs }) => {
    const how = via === 'renew' ? 'handed to the SDK' : 'used to join again'
    const tries = attempts === 1 ? 'at the first try' : `after ${attempts} tries`
    note('renewed', `New token in use: ${how} ${tries}, ${seconds(tookMs)}`, 'good')
  })
  renewer.on('expired', () => note('expired', 'The token has ended: out of the channel', 'bad'))
  renewer.on('rejoined', ({ uid }) => note('rejoined', `Back in the channel as ${uid}`, 'good'))
  renewer.on('republished', ({ published, failures }) =>
    note('republished', `Tracks published again: ${published}, failed: ${failures.length}`),
  )
  renewer.on('notice', ({ code, message }) => note('notice', `${code}: ${message}`))
  renewer.on('failed', ({ code, message }) => note('failed', `Gave up: ${code}: ${message}`, 'bad'))
  renewer.on('stopped', (cause) => note('stopped', `The session is over: ${cause}`))
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
