import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(ROOT + path, 'utf8')
const page = read('AGENTS.md')
const PATH = /\b(?:packages|apps|tools|docs)\/[\w./-]*\w/g

describe('AGENTS.md', () => {
  it('names files and folders that exist', () => {
    const paths = page.match(PATH) ?? []
    expect(paths.length).toBeGreaterThan(10)
    expect(paths.filter((path) => !existsSync(ROOT + path))).toEqual([])
  })

  it('names scripts that package.json has', () => {
    const { scripts }: { scripts: object } = JSON.parse(read('package.json'))
    const named = [...page.matchAll(/^npx (?:-y )?pnpm(?:@\d+)? (\w+)/gm)].map(
      ([, name = '']) => name,
    )
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('names projects that the tests have', () => {
    const projects = [...page.matchAll(/--project (\w+)/g)].map(([, name = '']) => name)
    const config = read('vitest.config.ts')
    expect(projects.length).toBeGreaterThan(1)
    expect(projects.filter((name) => !config.includes(`name: '${name}'`))).toEqual([])
  })

  it('says which pnpm package.json pins', () => {
    const { packageManager }: { packageManager: string } = JSON.parse(read('package.json'))
    const [major] = packageManager.replace('pnpm@', '').split('.')
    expect(new Set(page.match(/pnpm@\d+/g))).toEqual(new Set([`pnpm@${major}`]))
  })

  it('describes guides that CONTRIBUTING.md has', () => {
    const guides = ['a service', 'an error code', 'an attack', 'a host', 'an adapter', 'a check']
    const contributing = read('CONTRIBUTING.md')
    for (const guide of guides) expect(contributing).toContain(`**Add ${guide}`)
  })
})
