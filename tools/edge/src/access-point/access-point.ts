import { randomBytes } from 'node:crypto'
import type { AccessRequest, AccessWish } from './access-request.ts'
import type { FaultBoard } from '../control/faults.ts'
import type { Gatekeeper } from '../judge/gatekeeper.ts'
import type { ObservationLog } from '../control/observations.ts'
import { ACCESS_POINT_CODES, type Refusal, SERVICE_FLAGS } from '../platform/platform-codes.ts'
import { stableNumber } from '../platform/stable-number.ts'
import { wait } from '../platform/wait.ts'

/** What the access point works with. */
export interface AccessPointOptions {
  readonly gatekeeper: Gatekeeper
  readonly log: ObservationLog
  readonly faults: FaultBoard
  /** Unix milliseconds. */
  readonly clock: () => number
}

/**
 * Answers a request for a gateway: where to go for those with a good token, a code for others, and
 * `undefined` for those whose connection is to be broken off.
 */
export type AccessPoint = (request: AccessRequest) => Promise<object | undefined>

/** Creates the access point. */
export function createAccessPoint(options: AccessPointOptions): AccessPoint {
  const { gatekeeper, log, faults, clock } = options
  function admit({ appId }: AccessRequest, wish: AccessWish): Refusal | undefined {
    const { refused } = gatekeeper.admit({ appId, ...wish })
    if (refused === undefined) return undefined
    const { tokenFingerprint, reason } = refused
    const where = 'access-point'
    log.record({ type: 'refused', ...wish.member, tokenFingerprint, reason, where })
    return refused.refusal
  }
  return async (request) => {
    const enter_ts = clock()
    const met = request.wishes.map(({ member }) => faults.of(member))
    if (met.some(({ cutAccessPoint }) => cutAccessPoint)) return undefined
    const response_body = request.wishes.flatMap((wish) => answersTo(wish, admit(request, wish)))
    const delayMs = Math.max(0, ...met.map(({ answerDelayMs }) => answerDelayMs))
    if (delayMs > 0) await wait(delayMs)
    return { opid: request.opid, enter_ts, leave_ts: clock(), detail: {}, response_body }
  }
}

function answersTo(wish: AccessWish, refusal: Refusal | undefined): object[] {
  return wish.serviceIds
    .filter((id) => id in SERVICE_FLAGS)
    .map((id) => ({ uri: wish.uri + 1, buffer: answerTo(wish, id, refusal) }))
}

function answerTo({ member }: AccessWish, id: number, refusal: Refusal | undefined): object {
  const { uid, channel } = member
  const about = { flag: SERVICE_FLAGS[id], uid, cid: stableNumber(channel), cname: channel }
  if (refusal !== undefined) return { code: ACCESS_POINT_CODES[refusal], ...about, detail: {} }
  const ticket = randomBytes(16).toString('base64')
  return { code: 0, ...about, cert: ticket, detail: {}, edges_services: edgesFor(id) }
}

/**
 * The gateway, for service 11. With a prefix the SDK opens `wss://stand-in.edge.agora.io` and takes
 * the media address from the reply to its join rather than from here. The fallback proxy has none.
 */
function edgesFor(id: number): object[] {
  return id === 11 ? [{ ip: '127.0.0.1', port: 443, domain_prefix: 'stand-in' }] : []
}
