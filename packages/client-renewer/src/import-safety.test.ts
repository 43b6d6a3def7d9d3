import { describe, expect, it } from 'vitest'

// Reads of these while a module is loaded break server-side rendering and React Native.
const BROWSER_GLOBALS = ['window', 'document', 'navigator', 'self', 'localStorage'] as const

describe('importing the package', () => {
  it('touches nothing that only a browser has', async () => {
    const touched: string[] = []
    for (const name of BROWSER_GLOBALS) {
      Object.defineProperty(globalThis, name, {
        configurable: true,
        get: () => void touched.push(name),
      })
    }
    await import('./index.ts')
    await import('./adapters/rtc-ng.ts')
    for (const name of BROWSER_GLOBALS) delete (globalThis as Record<string, unknown>)[name]
    expect(touched).toEqual([])
  })
})
