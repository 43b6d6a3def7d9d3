import { vi } from 'vitest'

/** Leads all that a page of jsdom sends to Agora's hosts to a port of 127.0.0.1, over real sockets. */
export function routePage(port: number): void {
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(url: string) {
        super(route(url, `ws://127.0.0.1:${port}`))
      }
    },
  )
  vi.stubGlobal(
    'XMLHttpRequest',
    class extends XMLHttpRequest {
      override open(method: string, url: string): void {
        super.open(method, route(url, `http://127.0.0.1:${port}`))
      }
    },
  )
}

function route(url: string, origin: string): string {
  const { host, pathname } = new URL(url)
  return `${origin}/${host}${pathname}`
}
