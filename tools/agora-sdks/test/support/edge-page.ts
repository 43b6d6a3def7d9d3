import { vi } from 'vitest'
import { type Door, type EdgeService, edgeService } from './edge-service.ts'
import { memoryNetwork } from './memory-network.ts'
import { type PageLine, pageLine } from './page-line.ts'
import { stubMedia } from './page-media.ts'
import { PagePeer, PageTransceiver } from './page-peer.ts'
import { pageRequest } from './page-request.ts'
import { pageSocket, type SentMessage } from './page-socket.ts'

/** Makes of what an SDK says what the stand-in understands. */
export interface Dialect {
  readonly request?: (json: string) => string
  readonly message?: (message: SentMessage) => SentMessage
}

/** A page for an SDK, whose network leads to a stand-in for the service and nowhere else. */
export interface EdgePage {
  readonly service: EdgeService
  readonly line: PageLine
}

/** The messages that show a token. */
const DOORS: Readonly<Record<string, Door>> = {
  join: 'join',
  join_v3: 'join',
  renew_token: 'renew',
}
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** Makes of jsdom such a page, in which time passes by hand. To be called before the SDK is loaded. */
export function edgePage(appId: string, dialect: Dialect = {}): EdgePage {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  })
  const service = edgeService(appId)
  const line = pageLine()
  const way = { connect: connectTo(service), line }
  vi.stubGlobal('WebSocket', pageSocket({ ...way, onSend }))
  vi.stubGlobal('XMLHttpRequest', pageRequest({ ...way, onAsk }))
  vi.stubGlobal('RTCPeerConnection', PagePeer)
  vi.stubGlobal('RTCRtpTransceiver', PageTransceiver)
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(BROWSER)
  stubMedia()
  return { service, line }

  function onSend(message: SentMessage): SentMessage {
    const door = DOORS[message._type]
    if (door) service.knock(door)
    return dialect.message?.(message) ?? message
  }

  function onAsk(json: string): string {
    service.knock('access-point')
    return dialect.request?.(json) ?? json
  }
}

function connectTo({ edge }: EdgeService) {
  return memoryNetwork({
    handle: (request, response) =>
      void edge.handle(request, response, { host: '', path: request.url ?? '' }),
    upgrade: (request, socket, head) => edge.upgrade(request, socket, head),
  })
}

/**
 * Lets everything happen that is under way, and more than a second pass for the SDK: where one access
 * point refuses it, it asks others after a second.
 */
export async function settlePage(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await vi.advanceTimersByTimeAsync(250)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Waits for a promise of the SDK while its time passes. */
export async function settled<T>(promise: Promise<T>): Promise<T> {
  await settlePage()
  return promise
}
