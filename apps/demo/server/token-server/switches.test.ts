import { createEdge } from '@rtc-token/edge'
import { memoryRemovals } from '@rtc-token/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createModeration, type Moderation } from '../moderation/moderation.ts'
import { createGuests } from './guests.ts'
import { createSwitches } from './switches.ts'
import { createTokenEndpoint } from './token-endpoint.ts'

const PROJECT = { appId: 'a'.repeat(32), appCertificate: 'c'.repeat(32) }
const endpoint = createTokenEndpoint({
  project: PROJECT,
  guests: createGuests(),
  ttlSeconds: 60,
  openRemovals: memoryRemovals,
})
let edge: ReturnType<typeof createEdge>
let moderation: Moderation

beforeEach(() => {
  moderation = createModeration(PROJECT.appId, () => edge)
  edge = createEdge({ ...PROJECT, ...moderation.accounts })
  endpoint.state = 'up'
})
afterEach(async () => {
  await edge.close()
  await moderation.close()
})

describe('createSwitches', () => {
  it('turns what is named and leaves the rest', async () => {
    const switches = createSwitches(endpoint, edge, moderation.rest)
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

  it('drops lines and skews the clock', async () => {
    const spies = {
      drop: vi.spyOn(edge, 'dropConnections'),
      skew: vi.spyOn(edge, 'skewClock'),
    }
    const switches = createSwitches(endpoint, edge, moderation.rest)
    await switches.change({ dropLines: true, aheadSeconds: 15 })
    expect(spies.drop).toHaveBeenCalledOnce()
    expect(spies.skew).toHaveBeenCalledWith(15_000)
  })

  it('bans by the REST API, and refuses new tokens, until the user is readmitted', async () => {
    const remove = vi.spyOn(endpoint, 'remove')
    const readmit = vi.spyOn(endpoint, 'readmit')
    const switches = createSwitches(endpoint, edge, moderation.rest)
    await switches.change({ ban: 7 })
    expect(await remove.mock.results[0]?.value).toMatchObject({
      refusal: { held: true },
      ban: { held: true },
    })
    expect(switches.state.banned).toEqual([7])
    await switches.change({ ban: 8, restart: true })
    await switches.change({ readmit: 7 })
    expect(await readmit.mock.results[0]?.value).toMatchObject({ ban: { held: true } })
    expect(switches.state.banned).toEqual([8])
  })

  it('says so when Agora does not ban', async () => {
    const ban = () => Promise.reject(new Error('no'))
    const switches = createSwitches(endpoint, edge, { ban })
    await expect(switches.change({ ban: 7 })).rejects.toThrow('Agora has not put the user out')
  })

  it.each([
    ['an unknown switch', { explode: true }, 'a switch expected, got "explode"'],
    ['an inherited name', { toString: true }, 'a switch expected, got "toString"'],
    ['an unknown state', { tokenServer: 'gone' }, 'tokenServer'],
    ['a text for a number', { aheadSeconds: '15' }, 'aheadSeconds'],
    ['no object', [], 'changes'],
  ])('refuses %s', async (_, changes, message) => {
    await expect(createSwitches(endpoint, edge, moderation.rest).change(changes)).rejects.toThrow(
      message,
    )
  })

  it('has no switches of an edge in Agora’s cloud', async () => {
    const switches = createSwitches(endpoint, undefined, undefined)
    await expect(switches.change({ ban: 7 })).rejects.toThrow(TypeError)
    await switches.change({ tokenServer: 'down' })
    expect(endpoint.state).toBe('down')
  })
})
