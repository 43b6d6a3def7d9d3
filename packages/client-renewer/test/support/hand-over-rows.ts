import { expect } from 'vitest'
import { rtcNg } from '../../src/adapters/rtc-ng.ts'
import { createRenewer } from '../../src/index.ts'
import type { Row } from './row.ts'
import { session } from './session.ts'

/** A session in the channel, and another renewer on its client. */
async function shared() {
  const all = session()
  const { client, clock, device, renewer } = all
  await renewer.join()
  const adapter = rtcNg(client, { appId: 'a', channel: 'hall' })
  const source = async () => ({ token: '008other', expiresIn: 3600 })
  const other = createRenewer(adapter, { source, clock, lifecycle: device })
  const notices: string[] = []
  other.on('notice', ({ code }) => notices.push(code))
  return { ...all, other, notices }
}

/** What happens when one session follows another on the same client, and when renewers meet. */
export const handOverRows: readonly Row[] = [
  {
    when: 'the app calls `leave()` and `join()` without waiting in between, on one renewer or on two that share a client',
    what: 'the join waits for the leave, 10 s at most; without a `leave()` it fails with JOIN_FAILED, and the session goes on',
    async proof() {
      const { client, renewer, other } = await shared()
      await expect(other.join()).rejects.toMatchObject({ code: 'JOIN_FAILED' })
      await Promise.all([renewer.leave(), renewer.join()])
      await Promise.all([renewer.leave(), other.join()])
      expect([client.channelName, client.connectionState]).toEqual(['hall', 'CONNECTED'])
    },
  },
  {
    when: 'two renewers share one client',
    what: 'the one that started or joined last takes over; the other becomes `idle` and does nothing more; both send the `notice` TAKEN_OVER',
    async proof() {
      const { clock, client, renewer, other, told, notices } = await shared()
      other.start({ token: '008first', expiresIn: 3600 })
      await clock.advance(3_600_000 * 0.75)
      expect([renewer.phase, other.phase, told.at(-1)]).toEqual(['idle', 'fresh', 'notice'])
      expect(notices).toEqual(['TAKEN_OVER'])
      expect(client.calls).toEqual(['join room null', 'renewToken'])
    },
  },
]
