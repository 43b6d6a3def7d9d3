import type { Phase, Renewer } from '@rtc-token/client-renewer'
import { addToLog, showBadge, type Tone } from './view.ts'

const PHASE_TONES: Readonly<Partial<Record<Phase, Tone>>> = {
  fresh: 'good',
  waiting: 'warn',
  rejoining: 'warn',
  failed: 'bad',
}

/** Writes every event of a renewer into the log, in words. */
export function tellStory(renewer: Renewer): void {
  renewer.on('phase', (phase) => showBadge('phase', phase, PHASE_TONES[phase] ?? 'plain'))
  renewer.on('fetching', ({ reason, attempt }) =>
    addToLog(`Asking for a token (${reason}${attempt > 1 ? `, try ${attempt}` : ''})`),
  )
  renewer.on('renewed', ({ via, attempts, tookMs }) =>
    addToLog(
      `New token in use, by ${via}; ${attempts === 1 ? 'first try' : `${attempts} tries`}, ${(tookMs / 1000).toFixed(1)} s`,
      'good',
    ),
  )
  renewer.on('retry', ({ error, inMs }) =>
    addToLog(`${error.message}. Next try in ${(inMs / 1000).toFixed(1)} s`, 'warn'),
  )
  renewer.on('expired', () => addToLog('The token has ended: out of the channel', 'bad'))
  renewer.on('rejoined', ({ uid }) => addToLog(`Back in the channel as ${uid}`, 'good'))
  renewer.on('republished', ({ published, failures }) =>
    addToLog(`Published again: ${published}, failed: ${failures.length}`),
  )
  renewer.on('failed', (error) => addToLog(`Gave up: ${error.message}`, 'bad'))
  renewer.on('stopped', (cause) => addToLog(`The session is over: ${cause}`))
}
