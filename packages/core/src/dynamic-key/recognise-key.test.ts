import { describe, expect, it } from 'vitest'
import { nameOfOlderKey } from './recognise-key.ts'

const digits = '0123456789abcdef'.repeat(5)
const appId = '970CA35de60c44645bbae8a215061b33'
const timeAndSalt = '14464554720383bbf5'
const uidAndEnd = '28823412731446455471'
const key001 = (signature: string) => signature + appId + timeAndSalt

describe('nameOfOlderKey', () => {
  it.each([
    ['001', 'without its version', key001(digits.slice(0, 40))],
    ['002', 'without its version', key001(digits.slice(0, 40)) + uidAndEnd],
    ['001', 'with its version', `001${key001(digits.slice(0, 40))}`],
    ['002', 'with its version', `002${key001(digits.slice(0, 40))}${uidAndEnd}`],
    ['003', 'whole', `003${key001(digits.slice(0, 40))}${uidAndEnd}`],
    ['004', 'cut off', `004${digits.slice(0, 20)}`],
    ['005', 'cut off', '005AQAoAEJERTJD'],
    ['001', 'with a signature that begins with 004', key001(`004${digits.slice(0, 37)}`)],
    ['001', 'with a signature that begins with 006', key001(`006${digits.slice(0, 37)}`)],
    [
      '002',
      'with a signature that begins with 007',
      key001(`007${digits.slice(0, 37)}`) + uidAndEnd,
    ],
  ])('names a key of version %s, %s', (version, _, text) => {
    expect(nameOfOlderKey(text)).toBe(`a dynamic key of version ${version}`)
  })

  it('names a signaling token', () => {
    expect(nameOfOlderKey(`1:${appId}:1514219634:82539e1f`)).toBe('a signaling token')
  })

  it.each([
    ['nothing', ''],
    ['a 006 token', `006${appId}IACV0fZUBw`],
    ['a 007 token', '007eJxTYBBbsMMnKq7p9Hf'],
    ['an App ID that begins like a version', `004${appId.slice(3)}`],
    ['a version that never was', '000abc'],
    ['a key that is quoted', '"004abc"'],
    ['a time of day', '1:30'],
    ['the digits of SHA-384', digits.slice(0, 48).repeat(2)],
    ['a signature and an end without its user', key001(digits.slice(0, 40)) + uidAndEnd.slice(10)],
    ['a line before a key', `\n004abc`],
  ])('gives nothing for %s', (_, text) => {
    expect(nameOfOlderKey(text)).toBeUndefined()
  })
})
