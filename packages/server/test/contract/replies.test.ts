import { PROBLEM_STATUS } from '@rtc-token/core/contract'
import { describe, expect, it } from 'vitest'

import { PROJECT } from '../support/token-endpoint.ts'
import { CASES } from './cases.ts'
import { sendCase } from './send-case.ts'

const namesOf = (headers: Headers): string[] =>
  [...headers.keys()].filter((name) => name !== 'content-type')

describe.each(CASES.map((row) => [row.name, row] as const))('the reply to %s', (_name, row) => {
  it('is as the document says', async () => {
    const { contract, response, pointer, text } = await sendCase(row)
    const { mediaType, schema } = contract.contentOf(pointer)
    const json: unknown = JSON.parse(text)
    expect(json).toMatchObject(row.code ? { code: row.code, ...row.reply } : (row.reply ?? {}))
    expect(response.status).toBe(row.status ?? (row.code ? PROBLEM_STATUS[row.code] : 200))
    expect(response.headers.get('content-type')).toBe(mediaType)
    expect(contract.faultOf(schema, json)).toBeUndefined()
    expect(text).not.toContain(PROJECT.appCertificate)
  })

  it('has the headers that the document lists, and no others', async () => {
    const { contract, response, pointer } = await sendCase(row)
    const documented = contract.headersOf(pointer)
    const required = documented.filter((header) => header.required)
    expect(documented.map(({ name }) => name)).toEqual(
      expect.arrayContaining(namesOf(response.headers)),
    )
    expect(namesOf(response.headers)).toEqual(
      expect.arrayContaining(required.map(({ name }) => name)),
    )
    for (const { name, accepts } of documented) {
      const value = response.headers.get(name)
      if (value !== null) expect([name, value, accepts(value)]).toEqual([name, value, true])
    }
  })
})

describe('all replies together', () => {
  it('show every problem code', async () => {
    const replies = await Promise.all(CASES.map(sendCase))
    const codes = replies.map(({ text }) => (JSON.parse(text) as { code?: string }).code)
    expect(new Set(codes.filter((code) => code !== undefined))).toEqual(
      new Set(Object.keys(PROBLEM_STATUS)),
    )
  })

  it('show every header of the documents', async () => {
    const replies = await Promise.all(CASES.map(sendCase))
    const documented = replies.flatMap(({ contract, pointer }) => contract.headersOf(pointer))
    const seen = new Set(replies.flatMap(({ response }) => namesOf(response.headers)))
    expect(seen).toEqual(new Set(documented.map(({ name }) => name)))
  })

  it('tell after 429 and 503 when to come back, in the header and in the body', async () => {
    const replies = await Promise.all(CASES.map(sendCase))
    const waiting = replies.filter(
      ({ response, text }) => text.includes('"code"') && [429, 503].includes(response.status),
    )
    expect(waiting.length).toBeGreaterThan(5)
    for (const { response, text } of waiting) {
      const { retryAfter } = JSON.parse(text) as { retryAfter?: number }
      expect(response.headers.get('retry-after')).toBe(String(retryAfter))
    }
  })

  it('tell after 405 what is allowed', async () => {
    const row = CASES.find(({ code }) => code === 'method_not_allowed')!
    expect((await sendCase(row)).response.headers.get('allow')).toBe('POST')
  })
})
