import { PROBLEM_STATUS } from '@rtc-token/core/contract'
import { checkChannel } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'

import { testEndpoint } from '../support/token-endpoint.ts'
import { CASES } from './cases.ts'
import { contractOf } from './contract.ts'
import type { ContractCase } from './contract-case.ts'
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

  it('has the alphabet of core', async () => {
    const contract = contractOf(await readDocument(testEndpoint().handler))
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
