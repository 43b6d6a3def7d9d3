import { describe, expect, it } from 'vitest'
import { bodyOf, FIRST_WISH, type Wish } from './wish.ts'

describe('bodyOf', () => {
  it.each<[string, Partial<Wish>, object]>([
    ['leaves out what is blank', { channel: '', role: 'none' }, {}],
    ['sends the text of a length as it is', { ttl: '15m' }, { ttl: '15m' }],
    ['sends digits as a number', { ttl: '-60' }, { ttl: -60 }],
    ['takes digits for a uid', { identity: '1001' }, { uid: 1001 }],
    ['takes other text for an account', { identity: 'alice' }, { account: 'alice' }],
    ['lists the services', { services: 'rtc,rtm' }, { services: ['rtc', 'rtm'] }],
    ['names the last grant', { proof: 'last' }, { previousToken: '1a2b3c4d' }],
  ])('%s', (_, changes, body) => {
    const blank = { channel: '', role: 'none' } as const
    expect(bodyOf({ ...FIRST_WISH, ...blank, ...changes }, '1a2b3c4d')).toEqual(body)
  })

  it('names no grant when the request was refused', () => {
    expect(bodyOf({ ...FIRST_WISH, proof: 'last' }, undefined)).not.toHaveProperty('previousToken')
  })
})
