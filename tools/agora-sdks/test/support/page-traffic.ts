import { vi } from 'vitest'

/** What a service has under way with the page. */
interface ServiceTraffic {
  /** How many lines are open. */
  readonly lines: number
  /** How many requests it leaves without an answer. */
  readonly silent: number
}

/** What a page of jsdom has under way on real sockets. */
export interface PageTraffic {
  /** How much has happened. */
  readonly events: number
  /** Resolves when no request is under way, and page and service agree on which lines are open. */
  settle(service: ServiceTraffic): Promise<void>
}

/** Watches the page's own WebSocket and XMLHttpRequest, which go on being what they are. */
export function watchTraffic(): PageTraffic {
  const sockets = new Set<WebSocket>()
  const requests = new Set<XMLHttpRequest>()
  let events = 0
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(url: string) {
        super(url)
        sockets.add(this)
        for (const type of ['open', 'message', 'close']) this.addEventListener(type, () => events++)
        this.addEventListener('close', () => sockets.delete(this))
      }
    },
  )
  vi.stubGlobal(
    'XMLHttpRequest',
    class extends XMLHttpRequest {
      override send(body?: XMLHttpRequestBodyInit | null): void {
        requests.add(this)
        this.addEventListener('loadend', () => requests.delete(this) && events++)
        super.send(body)
      }
    },
  )
  const isMoving = ({ readyState }: WebSocket) => readyState !== WebSocket.OPEN
  return {
    get events() {
      return events
    },
    async settle(service) {
      const isUnderWay = () =>
        requests.size > service.silent ||
        sockets.size !== service.lines ||
        [...sockets].some(isMoving)
      do await turn()
      while (isUnderWay())
    },
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
