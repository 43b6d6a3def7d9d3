import { DONE, type GatewayParts, type Handlers, type Message } from './gateway-parts.ts'
import type { GatewayAnswer } from '../messages/gateway-message.ts'
import { textOf } from '../platform/json-record.ts'
import type { Line } from '../messages/line.ts'
import { GATEWAY_ERRORS, NOT_JOINED } from '../platform/platform-codes.ts'
import { tokenFingerprint } from '../judge/token-fingerprint.ts'

/** Answers `renew_token`. */
export function createRenewHandler(parts: GatewayParts): Handlers {
  const { appId, gatekeeper, sessions, manager, faults } = parts
  function renew(line: Line, message: Message): GatewayAnswer | undefined {
    const session = sessions.onLine(line)
    if (session === undefined) return { failed: NOT_JOINED }
    const token = textOf(message, 'token')
    const { member } = session
    if (faults.of(member).swallowRenewals) {
      manager.note('renew-swallowed', session, { tokenFingerprint: tokenFingerprint(token) })
      return undefined
    }
    const { pass, refused } = gatekeeper.renew({ appId, token, member })
    if (pass !== undefined) {
      session.renew(pass)
      manager.note('renewed', session)
      return DONE
    }
    const { refusal, ...why } = refused
    manager.note('renew-refused', session, why)
    return { failed: GATEWAY_ERRORS[refusal] }
  }
  return { renew_token: renew }
}
