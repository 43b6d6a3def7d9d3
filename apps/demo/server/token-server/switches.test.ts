import { createEdge } from '@rtc-token/edge'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createGuests } from './guests.ts'
import { createSwitches } from './switches.ts'
import { createTokenEndpoint } from './token-endpoint.ts'

const PROJECT = { appId: 'a'.repeat(32), appCertificate: 'c'.repeat(32) }
const endpoint = createTokenEndpoint(PROJECT, createGuests(), 60)
let edge: ReturnType<typeof createEdge>

beforeEach(() => {
  edge = createEdge(PROJECT)
  endpoint.state = 'up'
})
afterEach(() => edge.close())

describe('createSwitches', () => {
  it('turns what is named and leaves the rest', async () => {
    const switches = createSwitches(endpoint, edge)
    await switches.change({ ignoresRenewals: true, tokenServer: '429' })
    await switches.change({ isLineCut: true })
    expect(edge.faults.of()).toMatchObject({ swallowRenewals: true, cutLines: true })
    expect(endpoint.state).toBe('429')
    await switches.change({ ignoresRenewals: false })
    expect(edge.faults.of()).toMatchObject({ swallowRenewals: false, cutLines: true })
    expect(switches.state).toEqual({
      tokenServer: '429',
      ignoresRenewals: false,
      isLineCut: true,
      aheadSeconds: 0,
      banned: [],
    })
  })

  it('drops lines, skews the clock, bans and lifts bans', async () => {
    const spies = {
      drop: vi.spyOn(edge, 'dropConnections'),
      skew: vi.spyOn(edge, 'skewClock'),
      ban: vi.spyOn(edge, 'ban'),
      unban: vi.spyOn(edge, 'unban'),
    }
    const switches = createSwitches(endpoint, edge)
    await switches.change({ dropLines: true, aheadSeconds: 15, ban: 7 })
    expect(spies.drop).toHaveBeenCalledOnce()
    expect(spies.skew).toHaveBeenCalledWith(15_000)
    expect(spies.ban).toHaveBeenCalledWith({ uid: 7 })
    expect(switches.state.banned).toEqual([7])
    await switches.change({ liftBans: true })
    expect(spies.unban).toHaveBeenCalledOnce()
    expect(switches.state.banned).toEqual([])
  })

  it('refuses who is banned also a new token, until bans are lifted', async () => {
    const remove = vi.spyOn(endpoint, 'remove')
    const readmit = vi.spyOn(endpoint, 'readmit')
    const switches = createSwitches(endpoint, edge)
    await switches.change({ ban: 7 })
    expect(await remove.mock.results[0]?.value).toMatchObject({
      refusal: { held: true },
      ban: { held: true },
    })
    await switches.change({ liftBans: true })
    expect(await readmit.mock.results[0]?.value).toEqual({ wasRemoved: true, ban: { held: true } })
  })

  it.each([
    ['an unknown switch', { explode: true }, 'a switch expected, got "explode"'],
    ['an inherited name', { toString: true }, 'a switch expected, got "toString"'],
    ['an unknown state', { tokenServer: 'gone' }, 'tokenServer'],
    ['a text for a number', { aheadSeconds: '15' }, 'aheadSeconds'],
    ['no object', [], 'changes'],
  ])('refuses %s', async (_, changes, message) => {
    await expect(createSwitches(endpoint, edge).change(changes)).rejects.toThrow(message)
  })

  it('has no switches of an edge in Agora’s cloud', async () => {
    const switches = createSwitches(endpoint, undefined)
    await expect(switches.change({ ban: 7 })).rejects.toThrow(TypeError)
    await switches.change({ tokenServer: 'down' })
    expect(endpoint.state).toBe('down')
  })
})
