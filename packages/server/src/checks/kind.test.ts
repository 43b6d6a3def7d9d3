import { describe, expect, expectTypeOf, it } from 'vitest'

import {
  ANYTHING,
  BOOLEAN,
  FUNCTION,
  integer,
  listOutOf,
  oneOf,
  optional,
  orNull,
  own,
  readMembers,
  shown,
} from './kind.ts'

interface Options {
  readonly hook: (text: string) => number
  readonly seconds?: number
  readonly version?: '006' | '007'
  readonly extra?: string | null
}

const WORDING = { whole: 'make options', member: 'make: ', got: shown }
const TABLE = {
  hook: FUNCTION,
  seconds: optional(integer(1, 60), 30),
  version: orNull(optional(oneOf('006', '007'), '007')),
  extra: optional(own((text: string) => text.length)),
}
const read = (options: Options) => readMembers(options, WORDING, TABLE)
const hook = (): number => 1

describe('readMembers', () => {
  it('fills in what is left out, and keeps what is given', () => {
    expect(read({ hook })).toEqual({ hook, seconds: 30, version: '007', extra: undefined })
    const given = { hook, seconds: 1, version: '006', extra: 'four' } as const
    expect(read(given)).toEqual({ hook, seconds: 1, version: '006', extra: 4 })
  })

  it('has the types of the options, or of what a reader makes of them', () => {
    expectTypeOf(read({ hook })).toEqualTypeOf<{
      readonly hook: (text: string) => number
      readonly seconds: number
      readonly version: '006' | '007'
      readonly extra: number | undefined
    }>()
  })

  it('takes null for the default only where the kind says so', () => {
    expect(read({ hook, version: null as never }).version).toBe('007')
    expect(() => read({ hook, seconds: null as never })).toThrow(
      new TypeError('make: seconds: integer 1 to 60 expected, got null'),
    )
  })

  it.each<[object, string]>([
    [{}, 'make: hook: function expected, got undefined'],
    [{ hook, seconds: 61 }, 'make: seconds: integer 1 to 60 expected, got 61'],
    [{ hook, second: 1 }, 'make options: only hook, seconds, version, extra expected, got second'],
  ])('refuses %j', (options, message) => {
    expect(() => read(options as Options)).toThrow(new TypeError(message))
  })

  it('says nothing of a wrong value unless it is told how', () => {
    const silent = { whole: 'make options', member: 'make ' }
    const table = { on: BOOLEAN, list: optional(listOutOf(['a', 'b'])), any: optional(ANYTHING) }
    const make = (on: unknown, list?: unknown) => readMembers({ on, list, any: 1 }, silent, table)
    expect(() => make('secret')).toThrow(new TypeError('make on: boolean expected'))
    expect(() => make(true, ['c'])).toThrow(
      new TypeError('make list: a list of some of a, b expected'),
    )
    expect(make(true, ['a'])).toEqual({ on: true, list: ['a'], any: 1 })
  })
})
