import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

import { breaches, lawsIn, roomsOf, sourcesIn } from './support/import-law.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const laws = lawsIn(readFileSync(`${ROOT}ARCHITECTURE.md`, 'utf8'))

describe('the laws in ARCHITECTURE.md', () => {
  it.each(['packages/core/src', 'packages/client-renewer/src'])('have one for %s', (root) => {
    expect(laws.map((law) => law.root)).toContain(root)
  })

  describe.each(laws)('for $root', (law) => {
    const sources = sourcesIn(ROOT + law.root)

    it('name each folder and file once, and no other', () => {
      expect(law.floors.flat().toSorted()).toEqual([...roomsOf(sources)].toSorted())
    })

    it('are kept by every import, types included', () => {
      expect(breaches(law, sources)).toEqual([])
    })
  })
})

describe('the check', () => {
  const [law] = lawsIn('```law src\nlow.ts\nmiddle other\nhigh.ts\n```\n')

  it.each([
    ['a value', "import { low } from '../high.ts'"],
    ['a type', "import type { High } from '../high.ts'"],
    ['a re-export', "export * from '../high.ts'"],
    ['an inline type', "let high: import('../high.ts').High"],
    ['a folder of the same floor', "import '../other/x.ts'"],
    ['what the law does not name', "import '../unknown.ts'"],
  ])('finds %s', (_, text) => {
    expect(breaches(law!, { 'middle/x.ts': text })).toHaveLength(1)
  })

  it.each([
    ['a lower floor', "import { low } from '../low.ts'"],
    ['its own folder', "import { other } from './other.ts'"],
    ['a package', "import { high } from 'high.ts'"],
  ])('lets a file import %s', (_, text) => {
    expect(breaches(law!, { 'middle/x.ts': text })).toEqual([])
  })
})
