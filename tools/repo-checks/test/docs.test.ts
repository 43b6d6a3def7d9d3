import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROBLEM_STATUS } from '@rtc-token/core/contract'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.turbo', '.changeset'])
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const errors = read('docs/errors.md')

/** A section of it, by its title. */
const sectionOf = (title: string) =>
  errors.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? ''

/** The members of a union of codes, as they stand in a source file. */
function codesIn(path: string): string[] {
  return [...read(path).matchAll(/^ {2}\| '([A-Z_]+)'$/gm)].map(([, code = '']) => code)
}

describe('docs/errors.md', () => {
  it('has a section for each problem code and for no other', () => {
    const sections = [...errors.matchAll(/^### ([a-z_]+)$/gm)].map(([, code]) => code)
    expect(new Set(sections)).toEqual(new Set(Object.keys(PROBLEM_STATUS)))
  })

  it.each(Object.entries(PROBLEM_STATUS))('gives the status of %s', (code, status) => {
    expect(errors).toContain(`### ${code}\n\n**${status}.** `)
  })

  it('has a row for each code of TokenError and RenewError and for no other', () => {
    const codes = sectionOf('Token codes') + sectionOf('Renew codes')
    const rows = [...codes.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code)
    const token = codesIn('packages/core/src/errors.ts')
    const renew = codesIn('packages/client-renewer/src/errors.ts')
    expect(token.length).toBeGreaterThan(20)
    expect(renew.length).toBeGreaterThan(10)
    expect(new Set(rows)).toEqual(new Set([...token, ...renew]))
  })

  it('has a row for each reason of auth.failed, in the same order', () => {
    const section = sectionOf('Reasons of `auth.failed`')
    const rows = [...section.matchAll(/^\| `([a-z_]+)`/gm)].map(([, reason]) => reason)
    const source = read('packages/server/src/errors/auth-fault.ts')
    const reasons = [...source.matchAll(/^ {2}'([a-z_]+)',$/gm)].map(([, reason]) => reason)
    expect(reasons.length).toBeGreaterThan(10)
    expect(rows).toEqual(reasons)
  })
})

describe('docs/findings.md', () => {
  const rows = [...read('docs/findings.md').matchAll(/^\| `([A-Z_]+)` +\| (\w+)/gm)].map(
    ([, code = '', severity = '']): [string, string] => [code, severity],
  )

  it('has a row for each finding of explainToken and for no other', () => {
    const codes = codesIn('packages/core/src/explain/finding-kinds.ts')
    expect(codes.length).toBeGreaterThan(50)
    expect(new Set(rows.map(([code]) => code))).toEqual(new Set(codes))
  })

  it.each(rows)('%s is %s', (code, severity) => {
    const kinds = ['finding-kinds', 'explain-with-certificate'].map((file) =>
      read(`packages/core/src/explain/${file}.ts`),
    )
    expect(kinds.join('\n')).toMatch(new RegExp(`^ {2}${code}: ${severity}\\(`, 'm'))
  })
})

/** Every file of the repository, by its path from the root. */
function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return [path]
    return entry.isDirectory() && !NOT_OURS.has(entry.name) ? filesIn(path) : []
  })
}

const files = filesIn('.')
const documents = files.filter((path) => path.endsWith('.md'))
const forContributors = documents.filter((path) =>
  /^(?:[A-Z]+|docs\/(?:decisions\/.+|performance)|tools\/.+)\.md$/.test(path),
)

describe('the README of the repository', () => {
  it('is read in two minutes', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120)
  })
})

describe.each(forContributors)('%s', (document) => {
  it('names files that exist', () => {
    const prose = read(document).replaceAll(/^```[^]*?^```/gm, '')
    const named = [...prose.matchAll(/`([\w./-]+\/[\w.-]+\.(?:ts|tsx|mjs|json))`/g)].map(
      ([, path = '']) => path,
    )
    const missing = named.filter((path) => !files.some((file) => `/${file}`.endsWith(`/${path}`)))
    expect(missing).toEqual([])
  })
})

describe.each(documents)('%s', (document) => {
  const text = read(document)

  it('links to files that exist', () => {
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
      ([, target = '']) => target,
    )
    const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(document), target)))
    expect(missing).toEqual([])
  })

  it('imports from our packages only what they export', async () => {
    const imports = text.matchAll(
      /import \{([^}]+)\} from '(@rtc-token\/(?:core|server|client-renewer)[^']*)'/g,
    )
    for (const [, names = '', specifier = ''] of imports) {
      const module: object = await import(specifier)
      // Types are gone at run time; the compiler of the reader who copies the example knows them.
      const values = names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type '))
      for (const name of values) expect(module).toHaveProperty(name)
    }
  })
})
