import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@rtc-token/release/workspace'
import { describe, expect, it } from 'vitest'
// @boundaries-ignore the benches of all packages write their figures in one way
import { replaceBetween, table } from '../../../packages/core/bench/report.mjs'
import { figuresIn, figuresText, readFigures, sectionText } from './support/figures.ts'

const figures = readFigures()
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const SIZES = /^([^]*<!-- sizes -->\n)[^]*(\n<!-- \/sizes -->[^]*)$/
const NOT_OURS = /node_modules|dist|CHANGELOG|\.blocks|vectors/
const documents = ['', 'docs', 'packages', 'apps', 'examples', 'tools'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: folder !== '', encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !NOT_OURS.test(path))
    .map((path) => join(folder, path)),
)
const stated = new Map(documents.map((path) => [path, figuresIn(read(path))]))
const WRITE = 'npx vitest run --project node tools/repo-checks -u'

describe('docs/figures.json', () => {
  it('is written as the benches write it', () => {
    expect(read('docs/figures.json')).toBe(figuresText(figures))
  })

  it('says of each figure with which command and on which machine it came about', () => {
    for (const { command, machine } of [
      ...figures.sections,
      ...figures.sizes,
      ...figures.measured,
    ]) {
      expect(command).toMatch(/^(?:node|npx|time|computed) /)
      expect(machine.length).toBeGreaterThan(10)
    }
  })

  it.each(figures.limits)('has the limit of the code: $figure, $of', ({ source, code }) => {
    expect(read(source)).toContain(code)
  })

  it('has no figure that no document states', () => {
    const all = [...stated.values()].flat()
    const unused = [
      ...figures.measured.flatMap(({ document, figures }) =>
        figures.filter((figure) => !stated.get(document)?.includes(figure)),
      ),
      ...figures.limits.filter(({ figure }) => !all.some((one) => one.endsWith(figure))),
    ]
    expect(unused).toEqual([])
  })
})

describe('a document with tables of benches', () => {
  const withTables = [...new Set(figures.sections.map(({ document }) => document))]

  it.each(withTables)(
    `%s has those of docs/figures.json; write them with: ${WRITE}`,
    async (path) => {
      const own = figures.sections.filter(({ document }) => document === path)
      const text = own.reduce(
        (document, section) => replaceBetween(document, section.name, sectionText(section)),
        read(path),
      )
      await expect(text).toMatchFileSnapshot(join(ROOT, path))
    },
  )

  it('has no table that is not there', () => {
    const marks = documents.flatMap((path) =>
      [...read(path).matchAll(/^<!-- bench (.+) -->$/gm)].map(([, name]) => `${path} ${name}`),
    )
    expect(marks.toSorted()).toEqual(
      figures.sections.map(({ document, name }) => `${document} ${name}`).toSorted(),
    )
  })

  it.each(['core', 'client-renewer'])(
    `the README of %s has its sizes; write them with: ${WRITE}`,
    async (name) => {
      const path = join(ROOT, 'packages', name, 'README.md')
      const rows = figures.sizes.filter((row) => row.package === name)
      const text = table(
        ['what a page loads', 'minified, gzip'],
        rows.map(({ what, figure }) => [what, figure]),
      )
      const [, before = '', after = ''] = SIZES.exec(readFileSync(path, 'utf8')) ?? []
      await expect(`${before}\n${text}\n${after}`).toMatchFileSnapshot(path)
    },
  )
})

describe('a size, speed or limit in a text', () => {
  const limits = figures.limits.map(({ figure }) => figure)

  it.each(documents)('stands in docs/figures.json, with its command and machine: %s', (path) => {
    const own = figures.measured.filter(({ document }) => document === path)
    const known = new Set([
      ...own.flatMap((group) => group.figures),
      ...limits,
      ...figures.sizes.map(({ figure }) => figure),
    ])
    const missing = stated.get(path)?.filter((one) => !known.has(one) && !isRange(one))
    expect(missing).toEqual([])
  })

  /** Such as `1 to 63 bytes`, where 63 bytes is the limit. */
  function isRange(figure: string): boolean {
    const [, most = ''] = /^1 to (.+)$/.exec(figure) ?? []
    return limits.includes(most)
  }

  it('is found, and what is no such figure is not', () => {
    expect(figuresIn('It takes 4.3 kB, 13 153 requests a second,\n2 to 3 µs.')).toEqual([
      '4.3 kB',
      '13 153 requests a second',
      '2 to 3 µs',
    ])
    expect(figuresIn('`1 ms`, version 2.0.6, RFC 9457, 30 seconds, 3 kBits')).toEqual([])
    expect(figuresIn('<!-- bench a -->\n\n| 1 ms |\n\n<!-- end -->')).toEqual([])
  })
})
