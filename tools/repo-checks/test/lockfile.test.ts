import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const LOCKFILE = fileURLToPath(new URL('../../../pnpm-lock.yaml', import.meta.url))
const BINARY = /^ {2}'?(\S*?)(linux-(?:x64|64))([a-z-]*)@([^'():\s]+)'?:$/gm

// Node itself comes from npm for Linux only; elsewhere the tests use the Node that is installed.
const LINUX_ONLY = new Set(['node-'])

/** Names that the maker of a package for Linux on x64 may give to those for Macs and for Windows. */
const TWINS = {
  'Macs with Apple silicon': ['darwin-arm64', 'darwin-aarch64'],
  Windows: ['win32-x64', 'win32-x64-msvc', 'windows-x64', 'windows-64'],
}

/**
 * The packages with binaries for Linux that lack a twin of the same version. A registry may have them
 * later than those for Linux, and pnpm leaves out without a word what it cannot find: the lockfile then
 * installs no binary elsewhere.
 */
function lonely(lockfile: string): string[] {
  const found = [...lockfile.matchAll(BINARY)].filter(([, name = '']) => !LINUX_ONLY.has(name))
  return found.flatMap(([, name = '', linux = '', , version = '']) =>
    Object.entries(TWINS)
      .filter(([, twins]) => !twins.some((twin) => hasPackage(lockfile, name + twin, version)))
      .map(([platform]) => `${name}${linux}@${version}: none for ${platform}`),
  )
}

function hasPackage(lockfile: string, name: string, version: string): boolean {
  return (
    lockfile.includes(`\n  '${name}@${version}':`) || lockfile.includes(`\n  ${name}@${version}:`)
  )
}

describe('the lockfile', () => {
  it('has the binaries for Macs and Windows beside those for Linux', () => {
    const lockfile = readFileSync(LOCKFILE, 'utf8')
    expect(lockfile.match(BINARY)?.length).toBeGreaterThan(10)
    expect([...new Set(lonely(lockfile))]).toEqual([])
  })

  it('is found wanting when a twin is missing', () => {
    const lockfile = "\n  '@tool/linux-x64-gnu@1.0.0':\n  '@tool/darwin-arm64@1.0.0':\n"
    expect(lonely(lockfile)).toEqual(['@tool/linux-x64@1.0.0: none for Windows'])
  })
})
