import { describe, expect, it } from 'vitest'
import { toGrant } from './token-grant.ts'

const TOKEN = `007${'eJxTYE+b'.repeat(20)}`

describe('toGrant', () => {
  it.each([TOKEN, { token: TOKEN }, `006${'a'.repeat(2044)}`])('takes %j', (answer) => {
    expect(() => toGrant(answer)).not.toThrow()
  })

  it.each([undefined, NaN, 0])(
    'leaves `expiresIn: %s` to those who count the life',
    (expiresIn) => {
      expect(() => toGrant({ token: TOKEN, expiresIn })).not.toThrow()
    },
  )

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['42', 42],
    ['an object without `token` (it has: rtcToken)', { rtcToken: TOKEN }],
    ['an object without `token` (it has: data, ok)', { data: { token: TOKEN }, ok: true }],
    ['an object without `token` (it has: nothing)', new Response()],
    ['an object without `token` (it has: 0)', [TOKEN]],
    ['an object whose `token` is undefined, not a string', { token: undefined }],
    ['an object whose `token` is object, not a string', { token: [TOKEN] }],
    ['an empty string', ''],
    ['an empty string', { token: '' }],
    ['a quoted string', JSON.stringify(TOKEN)],
    ['a quoted string', `'${TOKEN}'`],
    ['a quoted string', `“${TOKEN}”`],
    ['one that does not begin with 007 or 006', JSON.stringify({ token: TOKEN })],
    ['one that does not begin with 007 or 006', 'undefined'],
    ['one that does not begin with 007 or 006', '<!doctype html>'],
    ['one that does not begin with 007 or 006', `Bearer ${TOKEN}`],
    ['one that does not begin with 007 or 006', 'x'.repeat(5000)],
    ['one with white space in it', `${TOKEN}\n`],
    ['one that is not base64', `${TOKEN}%`],
    ['one of 2048 characters', `007${'a'.repeat(2045)}`],
    ['one of 3 characters', '007'],
  ])('says: got %s', (words, answer) => {
    const message = `token source: a token expected, got ${words}`
    const error = expect.objectContaining({ code: 'GRANT_INVALID', message })
    expect(() => toGrant(answer)).toThrow(error)
  })
})
