import { describe, expect, it } from 'vitest'

import { subjectIdOf } from './subject.ts'

// As that of bson: its `id` is bytes, and its text comes from a method.
class ObjectId {
  readonly id = new Uint8Array(12).fill(7)
  toHexString(): string {
    return Buffer.from(this.id).toString('hex')
  }
}
const HEX = '07'.repeat(12)

describe('subjectIdOf', () => {
  it.each([
    ['alice', 'alice'],
    [{ id: 'alice' }, 'alice'],
    [{ id: 42 }, '42'],
    [{ sub: 'auth0|alice' }, 'auth0|alice'],
    [{ id: 'alice', sub: 'other' }, 'alice'],
    [{ id: '', sub: 'alice' }, 'alice'],
    [7, '7'],
    [{ id: 2n ** 64n }, '18446744073709551616'],
    [{ id: -7 }, '-7'],
    [{ id: 0 }, '0'],
    [{ sub: 7n }, '7'],
    [8n, '8'],
    [{ _id: 'alice' }, 'alice'],
    [{ _id: new ObjectId(), name: 'Alice' }, HEX],
    [{ id: new ObjectId() }, HEX],
    [new ObjectId(), HEX],
    [{ id: 'alice', _id: new ObjectId() }, 'alice'],
    [{ id: {}, sub: 'alice' }, 'alice'],
  ])('names %o', (subject, name) => {
    expect(subjectIdOf(subject)).toBe(name)
  })

  it.each([
    [{}],
    [{ id: '' }],
    [{ id: '  ' }],
    [{ id: { toString: 'x' } }],
    [{ id: 1.5 }],
    [{ id: 2 ** 53 }],
    [{ id: Number.NaN }],
    [{ id: new Date(0) }],
    [{ id: Buffer.from('alice') }],
    [{ id: { toHexString: 'x' } }],
    [{ id: { toHexString: () => ' ' } }],
    [{ id: { toHexString: () => 7 } }],
    [{ id: Symbol('alice') }],
    [{ user: { id: 'alice' } }],
    [{ userId: 'alice' }],
    [new Map([['id', 'alice']])],
    [() => 'alice'],
    [''],
    [null],
    [undefined],
    [true],
    [['alice']],
  ])('has no name for %o', (subject) => {
    expect(subjectIdOf(subject)).toBeUndefined()
  })
})
