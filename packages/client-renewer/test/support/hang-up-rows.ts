import { expect } from 'vitest'
import type { Row } from './row.ts'
import { session } from './session.ts'

const HOUR_MS = 3_600_000

/** A session whose token has ended; it is being brought back, or waits for the endpoint. */
async function ended({ isEndpointDown }: { readonly isEndpointDown: boolean }) {
  const all = session()
  const { client, server, renewer, clock } = all
  await renewer.join()
  if (isEndpointDown) server.answer = new Error('down')
  else client.onJoin = 'hang'
  client.expire()
  await clock.advance(1000)
  return {
    ...all,
    /** How often the user has been joined since all is well again. */
    joinsAfter: async (): Promise<number> => {
      const before = client.calls.length
      server.answer = client.onJoin = 'ok'
      await clock.advance(HOUR_MS / 2)
      return client.calls.slice(before).filter((call) => call.startsWith('join')).length
    },
  }
}

/** What becomes of a user who hangs up while the session is being brought back. */
export const hangUpRows: readonly Row[] = [
  {
    when: 'the user hangs up by `renewer.leave()`, or by `enabled: false` of the React hook, while the renewer brings the session back',
    what: 'guaranteed: the renewer cancels any join in progress and makes no further attempt; you get `stopped` with `left`',
    async proof() {
      for (const isEndpointDown of [true, false]) {
        const { client, renewer, clock, payloads, joinsAfter } = await ended({ isEndpointDown })
        await renewer.leave()
        expect(payloads).toContainEqual(['left'])
        expect([await joinsAfter(), client.connectionState]).toEqual([0, 'DISCONNECTED'])
        expect([client.listenerCount, clock.timers]).toEqual([0, 0])
      }
    },
  },
  {
    when: 'the user hangs up by the client’s own `leave()`, or by `useJoin(…, false)`, while the client joins again',
    what: 'the renewer notices: you get `stopped` with `left`, and it does not bring the user back',
    async proof() {
      const { client, payloads, joinsAfter } = await ended({ isEndpointDown: false })
      await client.leave()
      expect(await joinsAfter()).toBe(0)
      expect(payloads).toContainEqual(['left'])
    },
  },
  {
    when: 'the user hangs up like that while the client is out of the channel: between two attempts, or during `beforeRejoin`',
    what: 'the renewer cannot know, because the client reports nothing then, and brings the user back; call `renewer.leave()`, or set `enabled: false` on the hook',
    async proof() {
      const { client, joinsAfter } = await ended({ isEndpointDown: true })
      await client.leave()
      expect(await joinsAfter()).toBe(1)
      const certain = await ended({ isEndpointDown: true })
      await Promise.all([certain.client.leave(), certain.renewer.leave()])
      expect(await certain.joinsAfter()).toBe(0)
    },
  },
]
