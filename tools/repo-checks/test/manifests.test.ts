import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { linkFaults, linksIn } from '@rtc-token/release/link-faults'
import { manifestFaults } from '@rtc-token/release/manifest-faults'
import { stateOf, withState } from '@rtc-token/release/state'
import {
  manifestOf,
  publicPackages,
  refOf,
  repositoryAddress,
  ROOT,
} from '@rtc-token/release/workspace'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const address = repositoryAddress()
const packages = publicPackages()
const names = packages.map(({ manifest }) => manifest.name)

describe.each(packages)('$manifest.name', ({ folder, directory, manifest }) => {
  it('has a manifest that can be published', () => {
    expect(manifestFaults(manifest, { address, directory })).toEqual([])
  })

  it('depends on nothing by an exact version', () => {
    const pinned = Object.entries(manifest.dependencies ?? {}).filter(
      ([name, range]) => !/^(?:workspace:)?\^/.test(range) && !isCaretInCatalog(name),
    )
    expect(pinned).toEqual([])
  })

  it('has a README and a licence that can be read on npm', () => {
    expect(existsSync(join(folder, 'LICENSE'))).toBe(true)
    const readme = new Map([['README.md', readFileSync(join(folder, 'README.md'), 'utf8')]])
    const repository = { address, ref: refOf(manifest.version), exists: isThere }
    expect(linkFaults(readme, repository)).toEqual([])
  })
})

describe('the repository', () => {
  it('has changesets for packages that exist', () => {
    const files = readdirSync(join(ROOT, '.changeset')).filter((name) => name.endsWith('.md'))
    const changed = files.flatMap((name) =>
      [...read(`.changeset/${name}`).matchAll(/^['"](.+)['"]: (?:major|minor|patch)$/gm)].map(
        ([, changedPackage = '']) => changedPackage,
      ),
    )
    expect(names).toEqual(expect.arrayContaining(changed))
  })

  it('gives all its packages one version, and their own names', () => {
    const config: { fixed: string[][] } = JSON.parse(read('.changeset/config.json'))
    expect(config.fixed.map((group) => group.toSorted())).toEqual([names.toSorted()])
    expect(names).not.toContain(manifestOf(ROOT).name)
  })

  it('says what state the release is in, and once released no longer that it is not', () => {
    const { version } = manifestOf(join(ROOT, 'packages/core'))
    expect(read('README.md')).toContain(`\n${stateOf(version)}\n`)
    expect(withState(read('README.md'), '0.1.0')).toContain(`\n${stateOf('0.1.0')}\n`)
    const readmes = packages.map(({ directory }) => read(`${directory}/README.md`))
    for (const readme of [read('README.md'), ...readmes]) {
      const next = withState(withState(readme, '0.1.0'), '0.2.0')
      expect(next).not.toMatch(/first release|released yet|release is 0\.1/)
    }
  })

  it('builds every package before they are checked', () => {
    const turbo: { tasks: Record<string, { dependsOn: string[] }> } = JSON.parse(read('turbo.json'))
    const built = turbo.tasks['//#check:packages']?.dependsOn
    expect(built?.toSorted()).toEqual(names.map((name) => `${name}#build`).toSorted())
  })

  it.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', '.github/ISSUE_TEMPLATE/config.yml'])(
    'has one address, also in %s',
    (path) => {
      const addresses = read(path).match(/https:\/\/github\.com\/rtc-token\/[\w-]+/g) ?? []
      expect(addresses.filter((one) => one !== address)).toEqual([])
    },
  )

  it('reads links as npm does', () => {
    expect(linksIn('[a](b.md), `[c](d.md)` and <a href="e.md">')).toEqual(['b.md', 'e.md'])
  })
})

function isThere(path: string): boolean {
  return existsSync(join(ROOT, path))
}

function isCaretInCatalog(name: string): boolean {
  const quoted = name.startsWith('@') ? `'${name}'` : name
  return read('pnpm-workspace.yaml').includes(`\n  ${quoted}: ^`)
}
