import { afterEach, describe, expect, it } from 'vitest'

import { allow, type Ask, type Decision, memoryRemovals, type Removals } from '../../src/index.ts'
import type { User } from '../support/token-endpoint.ts'
import { type AttackedEndpoint, attackedEndpoint, SECRETS, TARGET } from './attacked-endpoint.ts'
import { waysBack } from './removal-attacks.ts'

const TOKEN = /00[67][A-Za-z0-9+/]{30}/

describe.each(waysBack(TARGET))('a removed user who tries $name', ({ removal, request }) => {
  const opened: AttackedEndpoint[] = []
  const open = (removals: Removals): AttackedEndpoint => {
    const endpoint = attackedEndpoint({ removals, authorize: chooseUser })
    opened.push(endpoint)
    return endpoint
  }
  afterEach(() => opened.splice(0).forEach(({ handler }) => handler.close()))

  it('is refused until readmitted', async () => {
    const { handler, send, events, output } = open(memoryRemovals())
    expect((await send(request)).status).toBe(200)
    await handler.remove(removal)
    const { status, body } = await send(request)
    expect([status, JSON.parse(body)]).toEqual([403, expect.objectContaining({ code: 'removed' })])
    expect(events.at(-1)).toMatchObject({ type: 'token.denied', code: 'removed', status: 403 })
    expect(body + output()).not.toMatch(TOKEN)
    for (const secret of SECRETS) expect(body + output()).not.toContain(secret)
    await handler.readmit(removal)
    expect((await send(request)).status).toBe(200)
  })

  it('is refused as well where names are hashed, as for a store outside of the process', async () => {
    const { local: _local, ...removals } = memoryRemovals()
    const { handler, send } = open(removals)
    await handler.remove(removal)
    expect((await send(request)).status).toBe(403)
    await handler.readmit(removal)
    expect((await send(request)).status).toBe(200)
  })
})

// Every wish is granted, and who names no user is 1234: what is refused here is refused as removed.
function chooseUser({ wish }: Ask<User>): Decision {
  return allow(wish.identity ? { role: wish.role } : { role: wish.role, identity: { uid: 1234 } })
}
