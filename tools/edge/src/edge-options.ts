import type { Judge } from './judge/judge.ts'
import type { NotificationTarget } from './management/notifier.ts'
import type { Customer } from './management/rest-options.ts'
import type { MediaPlane } from './media/media-plane.ts'

/** The project an edge stands in for, and how it behaves. */
export interface EdgeOptions {
  readonly appId: string
  readonly appCertificate: string
  /** How long before a token's end its user is warned. Default 30, as the service does. */
  readonly willExpireSeconds?: number
  /** How long a session is kept for an SDK whose line broke. Default 15. */
  readonly keepSeconds?: number
  /** Unix milliseconds; default the machine's. Verdicts go by it; timers run in real time. */
  readonly clock?: () => number
  /** Decides on tokens in place of `verifyToken` of `@rtc-token/core`. */
  readonly judge?: Judge
  /** Where media goes: by default nowhere; `loopbackMedia()` receives it. */
  readonly media?: MediaPlane
  /**
   * Whether publishing, and becoming host, needs the right in the token. Default false: the service
   * asks for it only with co-host authentication on.
   */
  readonly checksPublishing?: boolean
  /** Who may use the REST API at `api.agora.io`. Default: it refuses all calls. */
  readonly customer?: Customer
  /** Where to send notifications of what happens in channels. Default: nowhere. */
  readonly notifications?: NotificationTarget
}
