import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { edgeUrl, routeToEdge } from './route-to-edge.ts'

const ORIGIN = 'http://127.0.0.1:5173'

describe('edgeUrl', () => {
  it.each([
    ['https://ap.agora.io/api/v1?a=b', `${ORIGIN}/edge/ap.agora.io/api/v1?a=b`],
    ['https://webrtc2-2.ap.sd-rtn.com/x', `${ORIGIN}/edge/webrtc2-2.ap.sd-rtn.com/x`],
    ['https://rest.agoraio.cn', `${ORIGIN}/edge/rest.agoraio.cn/`],
    ['wss://stand-in.edge.agora.io:443', 'ws://127.0.0.1:5173/edge/stand-in.edge.agora.io/'],
  ])('leads %s to the stand-in', (url, there) => {
    expect(edgeUrl(url, ORIGIN, '/edge')).toBe(there)
    expect(edgeUrl(new URL(url), ORIGIN, '/edge')).toBe(there)
  })

  it('stays secure where the page is', () => {
    expect(edgeUrl('wss://x.agora.io/', 'https://demo.test', '/e')).toBe(
      'wss://demo.test/e/x.agora.io/',
    )
  })

  it.each([
    '/api/tokens',
    'https://example.com/.agora.io',
    'https://ap.agora.io.example',
    'http://',
    '',
  ])('leaves %j alone', (url) => expect(edgeUrl(url, ORIGIN, '/edge')).toBeUndefined())
})

describe('routeToEdge', () => {
  const open = vi.fn()
  const fetch = vi.fn()
  const sendBeacon = vi.fn()
  const WIRE = { agora: 'https://x.agora.io/a', there: `${ORIGIN}/edge/x.agora.io/a` }

  class FakeSocket {
    static readonly OPEN = 1
    readonly url: string
    readonly protocols: unknown
    constructor(url: string, protocols?: unknown) {
      this.url = url
      this.protocols = protocols
    }
  }
  class FakeXhr {
    open(...args: unknown[]): void {
      open(this, ...args)
    }
  }

  beforeEach(() => {
    vi.clearAllMocks()
    vi.stubGlobal('WebSocket', FakeSocket)
    vi.stubGlobal('XMLHttpRequest', FakeXhr)
    vi.stubGlobal('fetch', fetch)
    vi.stubGlobal('navigator', { sendBeacon })
    vi.stubGlobal('location', { origin: ORIGIN })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('keeps WebSocket what it was but for the address', () => {
    routeToEdge()
    const socket = new WebSocket('wss://x.agora.io:443', 'v1')
    expect(socket).toMatchObject({ url: `ws://127.0.0.1:5173/edge/x.agora.io/`, protocols: 'v1' })
    expect(socket).toBeInstanceOf(WebSocket)
    expect(socket).toBeInstanceOf(FakeSocket)
    expect(WebSocket.OPEN).toBe(1)
    expect(new WebSocket('ws://127.0.0.1:5173/?token=hmr').url).toBe(
      'ws://127.0.0.1:5173/?token=hmr',
    )
  })

  it('leads XMLHttpRequests over and keeps their other arguments', () => {
    routeToEdge()
    const request = new XMLHttpRequest()
    request.open('POST', WIRE.agora, true)
    request.open('GET', '/here')
    expect(open.mock.calls).toEqual([
      [request, 'POST', WIRE.there, true],
      [request, 'GET', '/here'],
    ])
  })

  it('leads fetches and beacons over', async () => {
    routeToEdge()
    await globalThis.fetch(WIRE.agora, { method: 'POST' })
    await globalThis.fetch('/here')
    expect(fetch.mock.calls).toEqual([
      [WIRE.there, { method: 'POST' }],
      ['/here', undefined],
    ])
    navigator.sendBeacon(WIRE.agora, 'x')
    expect(sendBeacon).toHaveBeenCalledWith(WIRE.there, 'x')
  })

  it('leads a Request over with its method and body', async () => {
    routeToEdge()
    await globalThis.fetch(new Request(WIRE.agora, { method: 'POST', body: 'x' }))
    const sent = fetch.mock.calls[0]?.[0] as Request
    expect([sent.url, sent.method, await sent.text()]).toEqual([WIRE.there, 'POST', 'x'])
  })

  it('passes a Request to another host on as it is', async () => {
    routeToEdge()
    const request = new Request('https://example.com/')
    await globalThis.fetch(request)
    expect(fetch.mock.calls[0]?.[0]).toBe(request)
  })

  it('can be undone', () => {
    const { open } = Object.getOwnPropertyDescriptors(FakeXhr.prototype)
    routeToEdge()()
    expect(WebSocket).toBe(FakeSocket)
    expect(globalThis.fetch).toBe(fetch)
    expect(XMLHttpRequest.prototype).toHaveProperty('open', open.value)
    expect(navigator).toHaveProperty('sendBeacon', sendBeacon)
  })
})
