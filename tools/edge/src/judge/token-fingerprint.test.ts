import { expect, it } from 'vitest'
import { tokenFingerprint } from './token-fingerprint.ts'

it('is the start of the SHA-256 of the token', () => {
  expect(tokenFingerprint('')).toBe('e3b0c442')
  expect(tokenFingerprint('abc')).toBe('ba7816bf')
})
