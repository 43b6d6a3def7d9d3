import { expect } from 'vitest'
import type { Row } from './row.ts'
import { session } from './session.ts'

/** What happens when an app joins again by itself. */
export const adoptionRows: readonly Row[] = [
  {
    when: 'the app joins again by itself, as the SDK’s guide tells it to on `token-privilege-did-expire`',
    what: 'the session is adopted: you get `rejoined`, the next token is handed over, nothing is left and nothing is published; while the app is joining, the renewer does not',
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
