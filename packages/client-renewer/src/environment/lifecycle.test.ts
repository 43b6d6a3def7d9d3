import { JSDOM } from 'jsdom'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserLifecycle } from './lifecycle.ts'
import { reactNativeLifecycle } from './react-native-lifecycle.ts'

afterEach(() => vi.unstubAllGlobals())

describe('browserLifecycle', () => {
  it('tells of waking and of the network until it is stopped', () => {
    const { window } = new JSDOM()
    const { document, navigator, Event } = window
    for (const [name, value] of Object.entries({ window, document, navigator })) {
      vi.stubGlobal(name, value)
    }
    const told: string[] = []
    const stop = browserLifecycle().subscribe((signal) => told.push(signal))
    document.dispatchEvent(new Event('resume'))
    for (const type of ['pageshow', 'focus', 'offline', 'online']) {
      window.dispatchEvent(new Event(type))
    }
    expect(told).toEqual(['wake', 'wake', 'wake', 'offline', 'online'])
    stop()
    window.dispatchEvent(new Event('focus'))
    document.dispatchEvent(new Event('visibilitychange'))
    expect(told).toHaveLength(5)
  })

  it('tells at once that the page is offline', () => {
    const { window } = new JSDOM()
    vi.stubGlobal('window', window)
    vi.stubGlobal('document', window.document)
    vi.stubGlobal('navigator', { onLine: false })
    const told: string[] = []
    browserLifecycle().subscribe((signal) => told.push(signal))
    expect(told).toEqual(['offline'])
  })

  it('tells nothing without a page', () => {
    expect(browserLifecycle().subscribe(() => {})()).toBeUndefined()
  })
})

describe('reactNativeLifecycle', () => {
  it('passes on what AppState and NetInfo tell, until it is stopped', () => {
    const listeners = new Map<string, (value: never) => void>()
    const appState = {
      addEventListener(type: 'change', listener: (state: string) => void) {
        listeners.set(type, listener)
        return { remove: () => listeners.delete(type) }
      },
    }
    const netInfo = {
      addEventListener(listener: (state: { isConnected: boolean | null }) => void) {
        listeners.set('net', listener)
        return () => listeners.delete('net')
      },
    }
    const told: string[] = []
    const stop = reactNativeLifecycle(appState, netInfo).subscribe((signal) => told.push(signal))
    for (const state of ['background', 'active']) listeners.get('change')?.(state as never)
    for (const isConnected of [null, false, true]) listeners.get('net')?.({ isConnected } as never)
    expect(told).toEqual(['wake', 'online', 'offline', 'online'])
    stop()
    expect(listeners.size).toBe(0)
  })
})
