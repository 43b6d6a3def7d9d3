import { PROBLEM_STATUS } from '@rtc-token/core/contract'
import { checkChannel } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'

import { testEndpoint, tokenRequest } from '../support/token-endpoint.ts'
import { CASES } from './cases.ts'
import { contractOf } from './contract.ts'
import type { ContractCase } from './contract-case.ts'
import { EVERYTHING_OPEN } from './everything-open.ts'
import { readDocument } from './read-document.ts'
import { sendCase } from './send-case.ts'

const GRANTED = { channel: 'room-42', uid: 1234 }
const NOT_JSON = new Set(['invalid_json', 'body_too_large'])
const posted = CASES.filter(
  ({ method = 'POST', code = '' }) => method === 'POST' && !NOT_JSON.has(code),
)

function jsonOf({ body = GRANTED }: ContractCase): unknown {
  return typeof body === 'string' ? JSON.parse(body) : body
}

function isOutOfForm({ code, isBeyondSchema }: ContractCase): boolean {
  return code !== undefined && PROBLEM_STATUS[code] === 400 && isBeyondSchema !== true
}

describe('the schema of a request', () => {
  it.each(posted.map((row) => [isOutOfForm(row) ? 'refuses' : 'accepts', row.name, row] as const))(
    '%s the body of %s, as the endpoint does',
    async (_verb, _name, row) => {
      const { contract } = await sendCase(row)
      const path = (row.documented ?? '/v1/tokens').replaceAll('/', '~1')
      const schema = `/paths/${path}/post/requestBody/content/application~1json/schema`
      expect(contract.faultOf(schema, jsonOf(row)) !== undefined).toBe(isOutOfForm(row))
    },
  )

  it.each([
    '60',
    '600',
    '0600',
    '10m',
    '1h',
    '86401',
    '0',
    '00',
    '-1',
    '',
    '1.5',
    '1d',
    '1e9',
    '9999999999',
  ])('takes ?expiry=%s where the endpoint does', async (expiry) => {
    const { handler } = testEndpoint(EVERYTHING_OPEN)
    const path = `/rtm/alice?expiry=${expiry}`
    const { status } = await handler.respond(tokenRequest('', { path, method: 'GET' }))
    const schema = '/paths/~1rtm~1%7Buser%7D/parameters/1/schema'
    const fault = contractOf(readDocument(handler)).faultOf(schema, expiry)
    expect([status, fault === undefined]).toEqual(status === 200 ? [200, true] : [400, false])
  })

  it.each([
    ['/rtc/{channel}/{role}/{kind}/{user}', 'user', 'a'.repeat(255), 'a'.repeat(256)],
    ['/rtc/{channel}/{role}/{kind}/{user}', 'channel', 'c'.repeat(63), 'c'.repeat(64)],
    ['/rte/{channel}/{role}/{kind}/{user}', 'user', 'a'.repeat(64), 'a'.repeat(65)],
    ['/rtm/{user}', 'user', 'a'.repeat(64), 'a'.repeat(65)],
    ['/chat/account/{user}', 'user', '7', '0'],
  ])('bounds a part of %s, %s, as the endpoint does', async (path, name, most, more) => {
    const { handler } = testEndpoint(EVERYTHING_OPEN)
    const contract = contractOf(readDocument(handler))
    const others = { channel: 'room-42', role: 'publisher', kind: 'userAccount', user: 'alice' }
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, found = '']) => found)
    const pointer = path.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')
    const schema = `/paths/${pointer}/parameters/${names.indexOf(name)}/schema`
    for (const [value, expected] of [
      [most, 200],
      [more, 400],
    ] as const) {
      const values: Readonly<Record<string, string>> = { ...others, [name]: value }
      const filled = path.replaceAll(/\{(\w+)\}/g, (_all, found: string) => values[found] ?? '')
      const request = tokenRequest('', { path: filled, method: 'GET' })
      const { status } = await handler.respond(request)
      expect([status, contract.faultOf(schema, value) === undefined]).toEqual([
        expected,
        expected === 200,
      ])
    }
  })

  it('bounds a user id where messaging is all there is', async () => {
    const { handler } = testEndpoint({ services: ['rtm'] })
    const contract = contractOf(readDocument(handler))
    for (const length of [64, 65]) {
      const body = { account: 'a'.repeat(length) }
      const { status } = await handler.respond(tokenRequest(body))
      const fault = contract.faultOf('/components/schemas/TokenRequest', body)
      expect([status, fault === undefined]).toEqual(length === 64 ? [200, true] : [400, false])
    }
  })

  it('has the alphabet of core', async () => {
    const contract = contractOf(readDocument(testEndpoint().handler))
    const schema = '/components/schemas/TokenRequest/properties/channel'
    const characters = Array.from({ length: 0x180 }, (_, code) => String.fromCodePoint(code))
    const accepted = characters.filter((c) => contract.faultOf(schema, `a${c}b`) === undefined)
    expect(accepted).toEqual(characters.filter((c) => isChannel(`a${c}b`)))
  })
})

function isChannel(name: string): boolean {
  try {
    checkChannel(name)
    return true
  } catch {
    return false
  }
}
