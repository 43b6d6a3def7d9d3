import { AWAKE, LINK_CHANGED } from '../timing/interruptible-wait.ts'
import type { SessionState } from './session-state.ts'

/** Listens to the SDK for a session. Returns a function that stops listening. */
export function listenToSdk(session: SessionState): () => void {
  return session.adapter.attach({
    willExpire() {
      const { life, reason } = session
      // The SDK warns about a short-lived token as soon as it is in use.
      if (reason || !life || life.ageMs() >= life.settlingMs) session.hurry('will-expire')
    },
    expired: session.expired,
    ended: session.ended,
    linkChanged: () => session.wait.interrupt(LINK_CHANGED),
    notice: (notice) => session.emit('notice', notice),
  })
}

/** Listens to the device for a session. Returns a function that stops listening. */
export function listenToDevice(session: SessionState): () => void {
  return session.lifecycle.subscribe((signal) => {
    if (signal !== 'wake') session.isOffline = signal === 'offline'
    if (signal !== 'offline') session.wait.interrupt(AWAKE)
  })
}
