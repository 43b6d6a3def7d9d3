import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { examplesIn, withRanges } from '@rtc-token/release/example-folders'
import { manifestOf, publicPackages, ROOT } from '@rtc-token/release/workspace'
import { describe, expect, it } from 'vitest'

const FOLDER = join(ROOT, 'examples')
const MOST_LINES = 150
// A row of 80 characters in the list of `rtc-token init`.
const LONGEST_DESCRIPTION = 55
const LONGEST_NAME = 17
const CODE = /\.(?:tsx?|jsx?|mjs|vue|svelte|html|css|sql)$/
const NOT_THEIRS = /(?:^|\/)(?:node_modules|dist|test|\.\w+)\//
const COMMENT = /^\s*(?:\/\/|\/\*|\*|<!--|--|$)/

const examples = examplesIn()
const read = (...path: readonly string[]) => readFileSync(join(FOLDER, ...path), 'utf8')
const released = (version: string) => (version === '0.0.0' ? '0.1.0' : version)

function codeOf(name: string): readonly string[] {
  const paths = readdirSync(join(FOLDER, name), { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => CODE.test(path) && !NOT_THEIRS.test(path))
}

/** Lines of code: neither blank nor a comment alone. */
function linesOf(text: string): number {
  return text.split('\n').filter((line) => !COMMENT.test(line)).length
}

describe.each(examples)('the example %s', (name) => {
  const manifest = manifestOf(join(FOLDER, name))

  it('is small', () => {
    const lines = codeOf(name).map((path) => linesOf(read(name, path)))
    const sum = lines.reduce((one, other) => one + other, 0)
    expect(sum).toBeGreaterThan(20)
    expect(sum).toBeLessThanOrEqual(MOST_LINES)
  })

  it('leaves nothing to do', () => {
    for (const path of codeOf(name)) expect(read(name, path)).not.toMatch(/\b(?:TODO|FIXME|XXX)\b/)
  })

  it('can be copied, started and tested alone', () => {
    expect(manifest).toMatchObject({ name, private: true, type: 'module' })
    expect(manifest.scripts).toMatchObject({ start: expect.any(String), test: expect.any(String) })
    expect(read(name, '.gitignore')).toMatch(/^node_modules\/\n\.env\*\n/)
    expect(existsSync(join(FOLDER, name, 'package-lock.json'))).toBe(false)
  })

  it('asks for our packages as they are released', () => {
    const versions = new Map(
      publicPackages().map(({ manifest: { name, version } }) => [name, released(version)]),
    )
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies }
    const ours = Object.entries(wanted).filter(([name]) => versions.has(name))
    expect(ours.map(([name]) => name)).toContain('@rtc-token/server')
    expect(ours).toEqual(ours.map(([name]) => [name, `^${versions.get(name)}`]))
  })

  it('says in a few lines what it is', () => {
    const lines = read(name, 'README.md').trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(20)
    expect(name.length).toBeLessThanOrEqual(LONGEST_NAME)
    expect(manifest.description).toMatch(new RegExp(`^.{20,${LONGEST_DESCRIPTION - 1}}\\.$`))
    expect(read(name, 'README.md')).toContain('npm install && npm start')
    expect(read('README.md')).toContain(`\n| [${name}](${name}) `)
  })
})

describe('an example', () => {
  it('asks for a release once there is one', () => {
    const manifest = '"@rtc-token/server": "^0.1.0", "rtc-token": "^0.1.0", "express": "^5.3.0"'
    expect(withRanges(manifest, '1.2.3')).toBe(
      '"@rtc-token/server": "^1.2.3", "rtc-token": "^1.2.3", "express": "^5.3.0"',
    )
    expect(withRanges('"npm:@rtc-token/server@^0.1.0/auth/jwt", "npm:jose@^6.2.18"', '1.2.3')).toBe(
      '"npm:@rtc-token/server@^1.2.3/auth/jwt", "npm:jose@^6.2.18"',
    )
  })
})
