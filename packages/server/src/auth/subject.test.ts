import { describe, expect, it } from 'vitest'

import { subjectIdOf } from './subject.ts'

describe('subjectIdOf', () => {
  it.each([
    ['alice', 'alice'],
    [{ id: 'alice' }, 'alice'],
    [{ id: 42 }, '42'],
    [{ sub: 'auth0|alice' }, 'auth0|alice'],
    [{ id: 'alice', sub: 'other' }, 'alice'],
    [{ id: '', sub: 'alice' }, 'alice'],
    [7, '7'],
  ])('names %j', (subject, name) => {
    expect(subjectIdOf(subject)).toBe(name)
  })

  it.each([
    [{}],
    [{ id: '' }],
    [{ id: '  ' }],
    [{ id: { toString: 'x' } }],
    [{ id: 1.5 }],
    [''],
    [null],
    [undefined],
    [true],
    [['alice']],
  ])('has no name for %j', (subject) => {
    expect(subjectIdOf(subject)).toBeUndefined()
  })
})
