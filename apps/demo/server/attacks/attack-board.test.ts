import { beforeAll, describe, expect, it } from 'vitest'
import { type AttackResult, runAttacks } from './attack-board.ts'
import { startNaiveEndpoint } from './naive-endpoint.ts'

let results: readonly AttackResult[]

beforeAll(async () => {
  results = await runAttacks()
})

describe('the attack board', () => {
  it('holds a score of attacks, each with a name of its own', () => {
    const names = results.map(({ name }) => name)
    expect(names.length).toBeGreaterThanOrEqual(15)
    expect(new Set(names).size).toBe(names.length)
  })

  it('finds that the token handler answers each as expected and gives nothing away', () => {
    const answers = results.map(({ name, ours: { status, code, loot } }) => [
      name,
      { status, code },
      loot,
    ])
    expect(answers).toEqual(results.map(({ name, expected }) => [name, expected, null]))
    expect(results.every(({ isHeld }) => isHeld)).toBe(true)
  })

  it('finds that the naive endpoint answers each with a token that lives a day', () => {
    for (const { naive } of results) {
      expect(naive.status).toBe(200)
      expect(naive.loot?.livesSeconds).toBe(86_400)
    }
  })

  it('reads what the naive endpoint gave away', () => {
    expect(lootFor('Asks for everything at once')).toMatchObject({ channel: '*', user: null })
    expect(lootFor('Sends a uid that is no number')).toMatchObject({ user: null })
    expect(lootFor('Takes the host’s uid')).toMatchObject({ user: '1001' })
    expect(lootFor('Publishes where one may listen')?.privileges).toContain('publishAudioStream')
    expect(lootFor('Enters another tenant’s call')?.channel).toBe('tenant-globex-stage')
  })

  it('shows no token and no pass', () => {
    const shown = JSON.stringify(results)
    expect(shown).not.toMatch(/00[67][A-Za-z0-9+/]{30}/)
    expect(shown).not.toMatch(/Bearer [0-9a-f]{8}-/)
    expect(shown).toContain('Bearer (Lin’s pass)')
  })
})

describe('the naive endpoint', () => {
  it.each(['0.0.0.0', '192.0.2.1', '', 'localhost', '::'])('does not start on %j', async (host) => {
    await expect(startNaiveEndpoint(host)).rejects.toThrow(TypeError)
  })

  it('listens on loopback, and no more once it is closed', async () => {
    const { url, close } = await startNaiveEndpoint()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await fetch(`${url}/rtc/room/1`)).status).toBe(200)
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404)
    expect((await fetch(`${url}/rtc/room/-1`)).status).toBe(500)
    await close()
    await expect(fetch(`${url}/rtc/room/1`)).rejects.toThrow('fetch failed')
  })
})

function lootFor(name: string): AttackResult['naive']['loot'] {
  return results.find((result) => result.name === name)?.naive.loot ?? null
}
