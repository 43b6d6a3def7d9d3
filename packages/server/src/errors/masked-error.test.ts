import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import { HOSTILE } from '../../test/support/hostile-throws.ts'
import { costOfMasking } from '../../test/support/cost-of-masking.ts'
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

  it.each([
    ['a token of Vault', 'GET failed hvs.CAESIxyzWQ-_z', 'GET failed [hidden]'],
    ['one of a batch', 'hvb.AAAAAQzyx.', '[hidden].'],
    [
      'a password and a query',
      'GET https://me:PASS@vault/v1?token=TOK failed',
      'GET https://[hidden]@vault/v1?[hidden] failed',
    ],
    ['a query of a path', 'GET /v1/x?token=TOK', 'GET /v1/x?[hidden]'],
    ['a password alone', 'redis://:PASS@h:6379/0', 'redis://[hidden]@h:6379/0'],
    ['a user alone', 'https://ghp_T0K@h', 'https://[hidden]@h'],
    ['a password that ought to be encoded', 'redis://me:P/A?S#@S@h', 'redis://[hidden]@h'],
  ])('masks %s', (_name, message, shown) => {
    const masked = maskedError(new Error(message))
    expect(masked.message).toBe(shown)
    expect(masked.stack).toContain(`Error: ${shown}\n`)
  })

  it.each([
    'at file:///app/node_modules/.pnpm/got@14.1.0/index.js:3:5',
    'at http://localhost:5173/node_modules/got@14.1.0/index.js:3:5',
    'https://vault.example:8200/v1/agora refused, write to ops@example.org',
    'what now? nothing',
  ])('leaves %s as it is', (text) => {
    expect(maskedError(text).message).toBe(text)
  })

  it.each([' ', '?', '? ', '://', '://a:', '://a:b/', '://@', ':// ', 'hvs.', 'bearer', 'basic  '])(
    'takes no longer for many a %j than for words',
    (part) => {
      expect(costOfMasking(maskedError, part)).toBeLessThan(50)
    },
  )

  it.each(HOSTILE)('copes with %s', (_name, thrown) => {
    const masked = maskedError(thrown)
    expect(inspect(masked, { showHidden: true })).not.toContain('not to be read')
    expect(masked.message).not.toBe(thrown === '' ? undefined : '')
  })

  it('says the kind of what cannot be printed', () => {
    const fails = (): never => {
      throw new Error('not to be read')
    }
    const error = Object.defineProperty(new RangeError(), 'message', { get: fails })
    expect(maskedError(error).message).toBe('RangeError, which cannot be printed')
    const proxy = new Proxy(error, { getPrototypeOf: fails })
    expect(maskedError(proxy).message).toBe('a value of type object')
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
