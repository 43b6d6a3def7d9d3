import { expect, it, onTestFinished, vi } from 'vitest'
import { createGuests } from './guests.ts'
import { removalsInFile } from './kept-removals.ts'
import { createTokenEndpoint } from './token-endpoint.ts'

const PROJECT = { appId: 'a'.repeat(32), appCertificate: 'c'.repeat(32) }

function open() {
  const kept = removalsInFile()
  onTestFinished(kept.close)
  const options = { project: PROJECT, guests: createGuests(), ttlSeconds: 60 }
  return { kept, endpoint: createTokenEndpoint({ ...options, openRemovals: kept.open }) }
}

it('keeps removals over a restart of the token server, and lets go of what has ended', async () => {
  const { kept, endpoint } = open()
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  await endpoint.remove({ uid: 7, seconds: 60 })
  await endpoint.remove({ uid: 8, seconds: 120 })
  endpoint.restart()
  expect(await endpoint.readmit({ uid: 7 })).toEqual({ wasRemoved: true })
  expect(await endpoint.readmit({ uid: 7 })).toEqual({ wasRemoved: false })
  vi.setSystemTime(Date.now() + 120_000)
  expect(kept.open().has(['*/user=8'])).toEqual([false])
  expect(await endpoint.readmit({ uid: 8 })).toEqual({ wasRemoved: false })
})
