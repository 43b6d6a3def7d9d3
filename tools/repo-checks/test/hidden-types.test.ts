import { describe, expect, it } from 'vitest'

import { entryPointsOf, PACKAGES } from './support/entry-points.ts'
import { hiddenTypes } from './support/hidden-types.ts'

/** What is hidden in a package of these files, entered by `main.ts` and `part.ts`. */
function hiddenIn(sources: Readonly<Record<string, string>>): readonly string[] {
  const entries = [
    { name: 'it', file: '/it/main.ts' },
    { name: 'it/part', file: '/it/part.ts' },
  ]
  return hiddenTypes([entries], (path) => ({ '/it/part.ts': 'export {}', ...sources })[path])
}

describe('a type that is not exported', () => {
  it.each([
    ['a parameter', 'export function run(options: Hidden): void {}'],
    ['a result', 'export const run = (): readonly Hidden[] => []'],
    ['a constant', 'export const one: Promise<Hidden> = Promise.reject()'],
    ['a member', 'export interface Seen { readonly run: (by: Hidden) => void }'],
    ['a member of a class', 'export class Seen { run(): Hidden { throw 0 } }'],
    ['a base', 'export interface Seen extends Omit<Hidden, "a"> {}'],
    ['another type', 'export type Seen = { [Key in keyof Hidden]: 1 }'],
    ['a bound', 'export function run<T extends Hidden>(value: T): T { return value }'],
  ])('is found in %s', (_where, code) => {
    const sources = { '/it/main.ts': `interface Hidden { a: 1 }\n${code}` }
    expect(hiddenIn(sources)).toEqual([
      expect.stringMatching(/^it: Hidden, named by (?:run|one|Seen)$/),
    ])
  })

  it.each([
    ['a body', 'export function run(): void { const one: Hidden = { a: 1 } }'],
    ['a value', 'export const one: number = (0 as Hidden)'],
    ['a private member', 'export class Seen { #one?: Hidden; private two?: Hidden }'],
    ['a declaration that is not exported', 'export {}; function run(options: Hidden): void {}'],
    ['a default', 'export function run(value: unknown = 0 as Hidden): void {}'],
    ['a short body', 'export const run = (): unknown => 0 as Hidden'],
  ])('may be named in %s', (_where, code) => {
    expect(hiddenIn({ '/it/main.ts': `interface Hidden { a: 1 }\n${code}` })).toEqual([])
  })

  it('is found behind other names, files and entry points', () => {
    const sources = {
      '/it/hidden.ts': 'export interface Hidden {}',
      '/it/run.ts': `import type { Hidden as Other } from './hidden.ts'\nexport function run(by: Other): void {}`,
      '/it/main.ts': 'export {}',
      '/it/part.ts': `export { run as go } from './run.ts'`,
    }
    expect(hiddenIn(sources)).toEqual(['it/part: Hidden, named by run'])
    const shown = { ...sources, '/it/main.ts': `export type { Hidden } from './hidden.ts'` }
    expect(hiddenIn(shown)).toEqual([])
  })
})

describe('the packages', () => {
  it('export every type that a declaration of theirs names', () => {
    expect(hiddenTypes(PACKAGES.map(entryPointsOf))).toEqual([])
  })
})
