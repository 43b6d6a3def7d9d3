import { PROBLEM_STATUS } from '@rtc-token/core/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { attackedEndpoint, SECRETS, TARGET } from './attacked-endpoint.ts'
import { type Attack, type AttackRequest, attacksOn } from './attacks.ts'

const ATTACKS = attacksOn(TARGET)
const TOKEN = /00[67][A-Za-z0-9+/]{30}/
const CONSOLE = ['debug', 'error', 'info', 'log', 'warn'] as const

describe('the endpoint under attack', () => {
  beforeEach(() => {
    for (const name of CONSOLE) vi.spyOn(console, name)
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('gives its user what an attacker must not have', async () => {
    const { send, signatures, output } = attackedEndpoint()
    const { authorization } = TARGET
    const headers = { 'content-type': 'application/json', authorization }
    const body = '{"channel":"room-42","uid":1234,"role":"publisher"}'
    const reply = await send({ method: 'POST', path: '/v1/tokens', headers, body })
    expect(reply.status).toBe(200)
    expect(reply.body).toMatch(TOKEN)
    expect(signatures()).toBe(1)
    expect(output()).toContain("type: 'token.issued'")
    for (const secret of SECRETS) expect(output() + reply.body).not.toContain(secret)
  })

  it.each(ATTACKS)('signs nothing for $name', async ({ request, expected }) => {
    const { send, signatures, events, output } = attackedEndpoint()
    const { status, headers, body } = await send(request)
    expect({ status, code: codeOf(body) }).toEqual({ code: undefined, ...expected })
    expect(signatures()).toBe(0)
    expect(events.map((event) => 'code' in event && event.code)).toEqual(toldOf(expected))
    const said = [body, JSON.stringify(headers), output(), ...printed()].join('\n')
    expect(said).not.toMatch(TOKEN)
    for (const secret of [...SECRETS, ...tokensIn(request)]) expect(said).not.toContain(secret)
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect(printed()).toEqual([])
  })

  it('has no two attacks of one name', () => {
    const names = ATTACKS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('is attacked with data that a page can show', () => {
    expect(JSON.parse(JSON.stringify(ATTACKS))).toEqual(ATTACKS)
    for (const { expected } of ATTACKS) {
      if (expected.code) expect(expected.status).toBe(PROBLEM_STATUS[expected.code])
    }
  })
})

// An unknown path and a preflight have no decision, and so no event.
function toldOf({ code }: Attack['expected']): readonly string[] {
  return code === undefined || code === 'not_found' ? [] : [code]
}

function codeOf(body: string): unknown {
  return body === '' ? undefined : (JSON.parse(body) as { code?: unknown }).code
}

function printed(): readonly string[] {
  return CONSOLE.flatMap((name) => vi.mocked(console[name]).mock.calls.map((call) => call.join()))
}

// Their middles: also a piece of a token has no business in a log.
function tokensIn({ body = '', path, headers }: AttackRequest): readonly string[] {
  const sent = [body, path, ...Object.values(headers)].join(' ')
  return (sent.match(/(?:00[67]|t1\.)[\w+/=.-]{60,}/g) ?? []).map((token) => token.slice(20, 50))
}
