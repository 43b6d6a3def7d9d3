import { describe, expect, it, vi } from 'vitest'

import { allow } from '../../src/policy/policy.ts'
import type { TokenEvent } from '../../src/telemetry/token-event.ts'
import { breakableEndpoint, RING } from '../support/breakable-endpoint.ts'
import { tokenRequest } from '../support/token-endpoint.ts'

describe('a caller who disconnects while the policy decides', () => {
  it('gets no token and is not in the audit, when the signal of the request tells', async () => {
    const controller = new AbortController()
    const { handler, failures, events, signer } = endpointLeftBy(() => controller.abort())
    const request = new Request(tokenRequest(), { signal: controller.signal })
    expect((await handler.respond(request)).status).toBe(500)
    expect(signer).not.toHaveBeenCalled()
    expect(events).toEqual([])
    expect(failures).toEqual([])
  })

  it('gets no token and is not granted in the audit, when the host tells', async () => {
    let isGone = false
    const { handler, events, signer } = endpointLeftBy(() => (isGone = true))
    const reply = await handler.respond(tokenRequest(), { isGone: () => isGone })
    expect(reply.status).toBe(500)
    expect(signer).not.toHaveBeenCalled()
    expect(events.map(({ type }) => type)).not.toContain('token.issued')
  })

  it('would have got one otherwise', async () => {
    const { handler, events } = endpointLeftBy(() => undefined)
    expect((await handler.respond(tokenRequest(), { isGone: () => false })).status).toBe(200)
    expect(events.map(({ type }) => type)).toContain('token.issued')
  })
})

function endpointLeftBy(leave: () => unknown) {
  const events: TokenEvent[] = []
  const signer = vi.fn(() => RING.signer())
  const authorize = async () => {
    leave()
    return allow({ role: 'publisher' })
  }
  const onEvent = (event: TokenEvent) => void events.push(event)
  return { ...breakableEndpoint({ authorize, onEvent }, { ...RING, signer }), events, signer }
}
