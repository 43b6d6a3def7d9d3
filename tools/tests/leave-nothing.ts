import { afterAll, expect, vi } from 'vitest'

// Runs before each file of tests that share a process. What one of them changes for all, it changes back.

const before = shared()

afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  expect(shared(), 'what the file leaves to the next').toEqual(before)
})

/** What all files of a process meet. */
function shared() {
  return {
    everyObject: Object.getOwnPropertyNames(Object.prototype),
    environment: { ...process.env },
    folder: process.cwd(),
    listeners: process.eventNames().map((name) => [name, process.listenerCount(name)]),
    print: { ...console },
    replaced: [Date, fetch, setInterval, setTimeout],
  }
}
