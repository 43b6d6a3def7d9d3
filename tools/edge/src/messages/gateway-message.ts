import type { GatewayError } from '../platform/platform-codes.ts'
import { isRecord } from '../platform/json-record.ts'

/** A request of the SDK to the gateway. Without `id` no answer is expected. */
export interface GatewayRequest {
  readonly id: unknown
  readonly type: string
  readonly message: Readonly<Record<string, unknown>>
}

/** What the gateway says to a request; `undefined` in its place means silence. */
export type GatewayAnswer =
  | {
      readonly success: object
      /** What follows once the answer is on its way. */
      readonly after?: () => void
    }
  | { readonly failed: GatewayError }

/** Reads one WebSocket message; `undefined` when it is not a request as the SDK sends them. */
export function readGatewayRequest(text: string): GatewayRequest | undefined {
  const json = parseJson(text)
  if (!isRecord(json) || typeof json['_type'] !== 'string') return undefined
  const message = isRecord(json['_message']) ? json['_message'] : {}
  return { id: json['_id'], type: json['_type'], message }
}

/** The text of a reply. */
export function replyText(id: unknown, answer: GatewayAnswer): string {
  return 'success' in answer
    ? JSON.stringify({ _id: id, _result: 'success', _message: answer.success })
    : JSON.stringify({ _id: id, _result: 'failed', _message: answer.failed })
}

/** The text of a notice, which the gateway sends unasked. */
export function noticeText(type: string, message: object): string {
  return JSON.stringify({ _type: type, _message: message })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
