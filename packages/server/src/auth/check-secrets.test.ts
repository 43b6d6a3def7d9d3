import { describe, expect, it } from 'vitest'

import { equalText } from './check-secrets.ts'

describe('equalText', () => {
  it.each([
    ['', '', true],
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'xbc', false],
    ['abc', 'ab', false],
    ['ab', 'abc', false],
    ['', 'a', false],
    ['\u0100', '\u0000', false],
  ])('compares %j with %j', (a, b, equal) => {
    expect(equalText(a, b)).toBe(equal)
  })
})
