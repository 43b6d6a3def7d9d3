import { checkAppCertificate, checkAppId } from '@rtc-token/core'
import { type AccessPoint, createAccessPoint } from './access-point/access-point.ts'
import { type BanList, createBanList } from './sessions/ban-list.ts'
import { type ChannelNews, createChannelNews } from './gateway/channel-news.ts'
import { deadEndMedia } from './media/dead-end-media.ts'
import { createEdgeClock, type EdgeClock } from './platform/edge-clock.ts'
import type { EdgeOptions } from './edge-options.ts'
import { createFaultBoard, type FaultBoard } from './control/faults.ts'
import { createGatekeeper } from './judge/gatekeeper.ts'
import { createGateway } from './gateway/gateway.ts'
import { coreJudge } from './judge/judge.ts'
import type { LineOwner } from './messages/line.ts'
import { createObservationLog, type ObservationLog } from './control/observations.ts'
import { createSessionManager, type SessionManager } from './gateway/session-manager.ts'
import { createNotifier, type Notifier } from './management/notifier.ts'
import { createRestApi, type RestApi } from './management/rest-api.ts'
import { createSessionRegistry, type SessionRegistry } from './sessions/session-registry.ts'

/**
 * What an edge consists of.
 *
 * @internal
 */
export interface EdgeParts {
  readonly clock: EdgeClock
  readonly log: ObservationLog
  readonly faults: FaultBoard
  readonly bans: BanList
  readonly sessions: SessionRegistry
  readonly news: ChannelNews
  readonly manager: SessionManager
  readonly accessPoint: AccessPoint
  readonly gateway: LineOwner
  readonly restApi: RestApi
  /** Absent when the edge is to notify no server. */
  readonly notifier: Notifier | undefined
}

/**
 * Makes the parts of an edge and connects them.
 *
 * @internal
 */
export function assembleEdge(options: EdgeOptions): EdgeParts {
  const { willExpireSeconds = 30, keepSeconds = 15, clock: rightClock = Date.now } = options
  const { media = deadEndMedia, checksPublishing = false } = options
  checkSeconds({ willExpireSeconds, keepSeconds })
  const appId = checkAppId(options.appId)
  const appCertificate = checkAppCertificate(options.appCertificate)
  const clock = createEdgeClock(rightClock)
  const { judge = coreJudge(() => [appCertificate], clock.now) } = options
  const faults = createFaultBoard()
  const bans = createBanList(clock.now)
  const gatekeeper = createGatekeeper({ appId, judge, faults, clock: clock.now })
  const log = createObservationLog(rightClock)
  const sessions = createSessionRegistry()
  const news = createChannelNews(sessions)
  const times = { willExpireSeconds, keepSeconds, clock }
  const notifier = options.notifications && createNotifier(options.notifications, rightClock)
  const manager = createSessionManager({
    log,
    sessions,
    news,
    faults,
    ...times,
    ...(notifier && { onChange: notifier.tell }),
  })
  const restApi = createRestApi({
    appId,
    customer: options.customer,
    bans,
    sessions,
    clock: clock.now,
    putOut: (who) => void manager.putOut(who),
  })
  const accessPoint = createAccessPoint({ gatekeeper, log, faults, clock: clock.now })
  const admission = { appId, gatekeeper, faults, bans, checksPublishing }
  const gateway = createGateway({ ...admission, log, sessions, manager, news, media })
  return {
    clock,
    log,
    faults,
    bans,
    sessions,
    news,
    manager,
    accessPoint,
    gateway,
    restApi,
    notifier,
  }
}

function checkSeconds(lengths: Readonly<Record<string, number>>): void {
  for (const [name, seconds] of Object.entries(lengths)) {
    if (!(seconds >= 0)) throw new TypeError(`${name}: seconds from 0 expected, got ${seconds}`)
  }
}
