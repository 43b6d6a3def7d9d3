import { describe, expect, it } from 'vitest'

import { bearerTokenOf } from './bearer-token.ts'

const tokenOf = (authorization: string): string | undefined =>
  bearerTokenOf(new Request('http://localhost/', { headers: { authorization } }))

describe('bearerTokenOf', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['BEARER  a.b-c_d~e+f/g==', 'a.b-c_d~e+f/g=='],
  ])('reads %s', (header, token) => {
    expect(tokenOf(header)).toBe(token)
  })

  it.each([
    [''],
    ['abc'],
    ['Bearer'],
    ['Bearer '],
    ['Basic abc'],
    ['Bearerabc'],
    ['Bearer abc def'],
    ['Bearer abc, Bearer def'],
    ['Bearer abc,Bearer abc'],
    ['Basic abc, Bearer def'],
    ['x Bearer abc'],
    ['Bearer =abc'],
    ['Bearer "abc"'],
  ])('reads nothing from %j', (header) => {
    expect(tokenOf(header)).toBeUndefined()
  })

  it('reads nothing from a request with two headers', () => {
    const headers = new Headers([
      ['authorization', 'Bearer abc'],
      ['authorization', 'Bearer abc'],
    ])
    expect(bearerTokenOf(new Request('http://localhost/', { headers }))).toBeUndefined()
  })

  it('reads nothing where there is no header', () => {
    expect(bearerTokenOf(new Request('http://localhost/'))).toBeUndefined()
  })
})
