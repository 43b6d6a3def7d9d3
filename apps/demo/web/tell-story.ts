import type { Phase, Renewer, RenewReason } from '@rtc-token/client-renewer'
import { addToLog, announce, showBadge, type Tone } from './view.ts'

const PHASE_TONES: Readonly<Partial<Record<Phase, Tone>>> = {
  fresh: 'good',
  waiting: 'warn',
  rejoining: 'warn',
  failed: 'bad',
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
export function tellStory(renewer: Renewer): void {
  // A long outage makes many tries: they share one line.
  let tellOfTries: ((text: string) => void) | undefined
  renewer.on('phase', (phase) => showBadge('phase', phase, PHASE_TONES[phase] ?? 'plain'))
  renewer.on('fetching', ({ reason, attempt }) => {
    if (attempt > 1) return
    tellOfTries = undefined
    addToLog(`Asking for a token, ${REASONS[reason]}`)
  })
  renewer.on('retry', ({ error, attempt, inMs }) => {
    const text = `Try ${attempt} failed (${error.message}); the next in ${(inMs / 1000).toFixed(1)} s`
    if (tellOfTries) tellOfTries(text)
    else tellOfTries = addToLog(text, 'warn')
  })
  renewer.on('renewed', ({ via, attempts, tookMs }) => {
    const how = via === 'renew' ? 'handed to the SDK' : 'used to join again'
    const tries = attempts === 1 ? 'at the first try' : `after ${attempts} tries`
    addToLog(`New token in use: ${how} ${tries}, ${(tookMs / 1000).toFixed(1)} s`, 'good')
  })
  renewer.on('expired', () => announce('The token has ended: out of the channel', 'bad'))
  renewer.on('rejoined', ({ uid }) => announce(`Back in the channel as ${uid}`, 'good'))
  renewer.on('republished', ({ published, failures }) =>
    addToLog(`Tracks published again: ${published}, failed: ${failures.length}`),
  )
  renewer.on('failed', (error) => announce(`Gave up: ${error.message}`, 'bad'))
  renewer.on('stopped', (cause) => announce(`The session is over: ${cause}`, 'plain'))
}
