import { format } from 'node:util'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { HOSTILE } from '../../test/support/hostile-throws.ts'
import { createFaultReport } from './fault-report.ts'
import { inWords, isA, memberOf, printThrown, textOf } from './thrown.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(HOSTILE)('%s', (_name, thrown) => {
  it('can be read', () => {
    expect(typeof isA(thrown, Error)).toBe('boolean')
    for (const name of ['name', 'message', 'stack', 'cause', 'code']) memberOf(thrown, name)
    expect(['string', 'undefined']).toContain(typeof textOf(thrown, 'message'))
    expect(typeof inWords(thrown)).toBe('string')
  })

  it('is printed, at most once for the same fault of keys', () => {
    const print = spyOnConsole()
    printThrown('[rtc-token]', thrown)
    const report = createFaultReport()
    report.report(thrown)
    report.report(thrown)
    const done = print.mock.calls.filter((_call, at) => print.mock.results[at]?.type === 'return')
    expect(done.map(([label]) => String(label))).toEqual(['[rtc-token]:', '[rtc-token] keys:'])
  })
})

describe('printThrown', () => {
  it('prints what was thrown as it is, and the kind of what cannot be printed', () => {
    const print = spyOnConsole()
    const error = new Error('the database is gone')
    const unprintable = { toString: () => 'x', [Symbol.for('nodejs.util.inspect.custom')]: fails }
    printThrown('a', error)
    printThrown('b', unprintable)
    const done = print.mock.calls.filter((_call, at) => print.mock.results[at]?.type === 'return')
    expect(done).toEqual([
      ['a:', error],
      ['b:', 'a value of type object, which cannot be printed'],
    ])
  })
})

// As the console does, but for the printing itself.
function spyOnConsole() {
  return vi.spyOn(console, 'error').mockImplementation((...args) => void format(...args))
}

function fails(): never {
  throw new Error('not to be read')
}
