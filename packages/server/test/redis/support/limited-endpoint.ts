import type { LimitOptions } from '../../../src/limit/limit-options.ts'
import { post } from '../../attacks/attack.ts'
import { attackedEndpoint, SECRETS, TARGET } from '../../attacks/attacked-endpoint.ts'

/** An endpoint whose only user asks for a token again and again. */
export interface LimitedEndpoint {
  /** What came back; `ok` where that is a token or a refusal of limits, and holds no secret. */
  readonly ask: () => Promise<{
    readonly ok: boolean
    readonly status: number
    readonly body: string
  }>
  readonly granted: () => number
  readonly signatures: () => number
  /** What `onError` was told. */
  readonly output: () => string
}

const STATUSES: ReadonlySet<number> = new Set([200, 429, 503])
const { authorization } = TARGET
const REQUEST = post({ channel: 'room-42', uid: 1234 }, { headers: { authorization } })

/** Starts an endpoint with these limits. */
export function limitedEndpoint(limits: LimitOptions): LimitedEndpoint {
  const { send, signatures, output } = attackedEndpoint({ limits, onEvent: () => {} })
  let granted = 0
  const ask: LimitedEndpoint['ask'] = async () => {
    const { status, body } = await send(REQUEST)
    if (status === 200) granted += 1
    const isSafe = SECRETS.every((secret) => !body.includes(secret))
    return { ok: isSafe && STATUSES.has(status), status, body }
  }
  return { ask, granted: () => granted, signatures, output }
}
