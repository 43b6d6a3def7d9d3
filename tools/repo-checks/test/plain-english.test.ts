import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { docFaults } from './support/doc-faults.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const PACKAGES = [
  'packages/core',
  'packages/client-renewer',
  'packages/cli',
  'apps/demo',
  'examples',
  'tools',
  'docs',
  'packages/server',
]
const MOST_PER_1000 = 0.3

// They point at no one: "the caller", "the policy", "the app", "a user" can be looked up.
const VAGUE = /\b(?:nobody|somebody|anybody|whoever|whatever|whom|(?:is|are) none)\b/gi

// Word for word from another language; each has a plain form: "instead of", "requested", "removes the user".
const TRANSLATED =
  /\b(?:in the place of|(?:is|are) said to|so many (?:seconds|milliseconds|hops|bytes)|written out|of the wrong kind|put(?:s|ting)? (?:the )?(?:user|them) out|what (?:\w+ ){1,2}takes|as (?:much|far) as (?:is|are)|stands? (?:in the|before|behind|beside)|is no (?:fault|origin|token)|nothing held|what (?:was|is) (?:asked for|reached|wanted|given))\b/i
const PROSE = /\.(?:tsx?|mjs|md|vue|svelte|html)$/
const NOT_OURS = new Set(['node_modules', 'dist', '.turbo'])
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:\w'"`])\/\/.*$/gm
const TEST = /\.test\.tsx?$/
const TITLE = /\(\s*(['"`])((?:(?!\1).)+)\1,\s*(?:async )?\(/g

/** The programs and documents below a folder, by their paths from the root. */
function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return PROSE.test(entry.name) ? [path] : []
    return entry.isDirectory() && !NOT_OURS.has(entry.name) ? filesIn(path) : []
  })
}

/** What people read of a file: a whole document, of a program its comments, of a test also its titles. */
function proseOf(path: string): string {
  const text = readFileSync(ROOT + path, 'utf8')
  if (path.endsWith('.md')) return text
  const titles = TEST.test(path) ? titlesIn(text) : []
  return [...(text.match(COMMENT) ?? []), ...titles].join('\n')
}

/** The comments of a program, each on one line. */
function commentsIn(path: string): readonly string[] {
  const comments = readFileSync(ROOT + path, 'utf8').match(COMMENT) ?? []
  return comments.map((comment) => comment.replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' '))
}

function titlesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(TITLE), ([, , title = '']) => title)
}

/** Vague words for each thousand words. */
function vagueness(prose: string): number {
  const words = prose.match(/\b[a-z]+\b/gi)?.length ?? 0
  return (1000 * (prose.match(VAGUE)?.length ?? 0)) / Math.max(1, words)
}

describe('comments, titles of tests, and documents', () => {
  it.each(PACKAGES)('of %s say who and what they mean', (folder) => {
    const prose = filesIn(folder).map(proseOf).join('\n')
    expect(prose.length).toBeGreaterThan(1000)
    expect(vagueness(prose)).toBeLessThan(MOST_PER_1000)
  })

  it.each(['packages/server/src', 'packages/cli/src'])('of %s are not translated', (folder) => {
    const comments = filesIn(folder).flatMap(commentsIn)
    expect(comments.length).toBeGreaterThan(300)
    expect(comments.filter((comment) => TRANSLATED.test(comment))).toEqual([])
  })

  it('are counted', () => {
    expect(vagueness('Nobody knows whom it is for, whatever it says')).toBeGreaterThan(300)
    expect(vagueness('The caller knows the user')).toBe(0)
    expect(titlesIn("it.each([1])(\n  'asks nobody',\n  async () => {})")).toEqual(['asks nobody'])
  })
})

const LIBRARIES = ['packages/core', 'packages/client-renewer', 'packages/server']

describe('doc comments', () => {
  it.each(LIBRARIES)('of %s give the default and the unit of every option', (folder) => {
    const sources = filesIn(join(folder, 'src')).filter((path) => !TEST.test(path))
    const faults = sources.flatMap((path) => docFaults(path, readFileSync(ROOT + path, 'utf8')))
    expect(sources.length).toBeGreaterThan(80)
    expect(faults).toEqual([])
  })

  it('are read of every exported name and option', () => {
    const named = '/** Options of a run. */\nexport interface RunOptions {\n'
    expect(docFaults('it', 'export const a = 1')).toEqual(['it: a has no doc comment'])
    expect(docFaults('it', `${named}/** How long. */ wait?: number }`)).toEqual([
      'it: wait does not say its default',
      'it: wait does not say its unit',
    ])
    expect(docFaults('it', `${named}/** Default 5 seconds. */ wait?: number }`)).toEqual([])
    expect(docFaults('it', '/** @internal */\nexport const a = 1\nconst b = 2')).toEqual([])
  })
})
