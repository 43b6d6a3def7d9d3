import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import { maskedError } from './masked-error.ts'

const SECRET = '5CFd2fd1755d40ecb72977518be15d3b'

describe('maskedError', () => {
  it('keeps what helps to find the fault', () => {
    const cause = Object.assign(new TypeError('connect refused'), { code: 'ECONNREFUSED' })
    const masked = maskedError(new Error('fetch failed', { cause }))
    expect(masked).toMatchObject({
      message: 'fetch failed',
      stack: expect.stringContaining('masked-error.test.ts'),
      cause: { name: 'TypeError', message: 'connect refused', code: 'ECONNREFUSED' },
    })
  })

  it.each([
    ['a message', new Error(`refused ${SECRET}`)],
    ['a name', Object.assign(new Error('x'), { name: SECRET })],
    ['a code', Object.assign(new Error('x'), { code: SECRET })],
    ['a cause', new Error('x', { cause: new Error(SECRET) })],
    ['a cause that is no error', new Error('x', { cause: { certificate: SECRET } })],
    ['a member', Object.assign(new Error('x'), { response: { data: SECRET } })],
    ['a text', SECRET],
    ['an object', { certificate: SECRET }],
    ['the piece of it that a parser quotes', parserError(`{"key": ${SECRET.slice(1)}}`)],
    ['what JSON.parse quotes', parserError(SECRET)],
    ['a header', new Error('sent Authorization: Bearer s.5CFd')],
  ])('masks a secret in %s', (_name, error) => {
    const shown = inspect(maskedError(error), { depth: Infinity, showHidden: true, getters: true })
    expect(shown).not.toMatch(/CFd2|s\.5CF/i)
  })

  it('copes with a circle of causes', () => {
    const error = new Error('x')
    error.cause = error
    expect(maskedError(error)).toMatchObject({ cause: { cause: { message: 'x' } } })
  })
})

function parserError(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return error
  }
}
