import { expect } from 'vitest'
import type { Row } from './row.ts'
import { session } from './session.ts'

/** What happens when an app joins again by itself. */
export const adoptionRows: readonly Row[] = [
  {
    when: 'the app joins again by itself on `token-privilege-did-expire`, as the SDK’s guide says',
    what: 'the renewer adopts the session: you get `rejoined` and it hands over the next token, without leaving or publishing; it does not join while the app does',
    async proof() {
      const { client, renewer, clock, payloads } = session()
      await renewer.join()
      await client.publish({ name: 'camera' })
      client.expire()
      await client.join('', 'room', '007app', 4711)
      await clock.advance(60_000)
      expect(payloads).toContainEqual([{ uid: 4711 }])
      expect(client.calls.slice(2)).toEqual(['join room 4711', 'renewToken'])
      expect([renewer.phase, client.localTracks]).toEqual(['fresh', []])
    },
  },
]
