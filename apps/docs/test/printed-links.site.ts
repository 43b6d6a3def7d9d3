import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
// @boundaries-ignore the addresses that the command prints are not exported
import { pageOf, RULES, type RuleName } from '../../../packages/cli/src/scan/rule-table.ts'
import { SITE_ADDRESS } from '../site/html/layout.ts'
import { read, REPOSITORY, ROOT } from '../site/repository.ts'
import { hasTarget } from './support/built-site.ts'

const COMMENT = /^\s*(?:\/\/|\*|\/\*\*).*$/gm
const ADDRESS = /https:\/\/rtc-token\.github\.io\/rtc-token\/[^\s'"`]*/g

/** What the packages ship that can print, by its path; doc comments are the reference's. */
const programs = ['core', 'server', 'client-renewer', 'cli'].flatMap((name) =>
  readdirSync(join(ROOT, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
    .map((path) => `packages/${name}/src/${path}`)
    .map((path) => [path, read(path).replaceAll(COMMENT, '')] as const),
)
const printed = programs.flatMap(([, text]) => text.match(ADDRESS) ?? [])

/** As GitHub Pages finds a page: without its ending. */
function isThere(address: string): boolean {
  const [path = '', anchor] = address.slice(SITE_ADDRESS.length).split('#')
  const file = `${path === '' ? 'index' : path}.html`
  return hasTarget(anchor === undefined ? file : `${file}#${anchor}`)
}

describe('the links that the packages print', () => {
  it('lead to pages of this site', () => {
    const whole = printed.filter((address) => !address.includes('${'))
    expect(whole.length).toBeGreaterThan(3)
    expect(whole.filter((address) => !isThere(address))).toEqual([])
  })

  it('of scan lead to the section of each rule', () => {
    const rules = Object.keys(RULES) as RuleName[]
    expect(rules.map(pageOf).filter((address) => !isThere(address))).toEqual([])
  })

  it('that are put together are tested: those of scan here, those of problems with the site', () => {
    const parts = printed.filter((address) => address.includes('${'))
    expect(parts.toSorted()).toEqual([
      `${SITE_ADDRESS}errors/\${code}`,
      `${SITE_ADDRESS}scan#\${rule}`,
    ])
  })

  it('name no file of the repository', () => {
    const files = new RegExp(`${REPOSITORY}/(?:blob|tree)|\\bdocs/[\\w-]+\\.md`)
    const found = programs.filter(([, text]) => files.test(text)).map(([path]) => path)
    expect(found).toEqual([])
  })

  it('would be found when they lead nowhere', () => {
    expect(isThere(`${SITE_ADDRESS}scan#no-such-rule`)).toBe(false)
    expect(isThere(`${SITE_ADDRESS}no-such-page`)).toBe(false)
  })
})
