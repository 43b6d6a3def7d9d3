import { join } from 'node:path'
import { ROOT } from '@rtc-token/release/workspace'
import { describe, expect, it } from 'vitest'
import { apiReport } from './support/api-report.ts'
import { entryPointsOf, PACKAGES } from './support/entry-points.ts'

describe('the API', () => {
  it.each(PACKAGES)(
    'of %s is what its report in etc says; write it with: npx vitest run --project node tools/repo-checks -u',
    async (name) => {
      const others = name === 'core' ? [] : entryPointsOf('core')
      const report = apiReport(`@rtc-token/${name}`, entryPointsOf(name), others)
      expect(report.length).toBeGreaterThan(3000)
      // What a re-export leads to outside of the given packages has no name.
      expect(report.slice(0, report.indexOf('## Declarations'))).not.toContain('unknown')
      await expect(report).toMatchFileSnapshot(join(ROOT, 'etc', `${name}.api.md`))
    },
  )
})

describe('a report', () => {
  const reportOf = (main: string) =>
    apiReport('it', [{ name: 'it', file: '/it/main.ts' }], [], (path) =>
      path === '/it/main.ts' ? main : undefined,
    )
  const before = reportOf(`export function run(ms: number): void {}\nexport const a = 1`)

  it('changes with a parameter, a name and a type, and not with a comment, a body or the order', () => {
    expect(reportOf(`export function run(ms: string): void {}\nexport const a = 1`)).not.toBe(
      before,
    )
    expect(reportOf(`export function walk(ms: number): void {}\nexport const a = 1`)).not.toBe(
      before,
    )
    expect(reportOf(`export function run(ms: number): void {}\nexport const a = 2`)).not.toBe(
      before,
    )
    const same = `export const a = 1\n/** Runs. */\nexport function run(ms: number): void { void ms }`
    expect(reportOf(same)).toBe(before)
  })

  it('leaves out what is internal', () => {
    const inner = `\n/** For siblings. @internal */\nexport const b = 1`
    expect(reportOf(`export function run(ms: number): void {}\nexport const a = 1${inner}`)).toBe(
      before,
    )
  })
})
