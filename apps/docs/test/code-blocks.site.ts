import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { read, ROOT } from '../site/repository.ts'
import { codeBlocks, isCompiled } from './support/code-blocks.ts'
import { compileBlocks } from './support/compile-blocks.ts'

const documents = [
  'README.md',
  ...['docs', 'packages', 'apps/docs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md') && !/node_modules|dist|\.blocks|vectors/.test(path))
      .map((path) => `${folder}/${path}`),
  ),
]
const blocks = documents.flatMap((document) => codeBlocks(document, read(document)))

describe('the blocks of code in the documents', () => {
  it('are compiled', () => {
    expect(blocks.filter(isCompiled).length).toBeGreaterThan(60)
    expect(compileBlocks(blocks)).toEqual([])
  })
})

/** Files that a block imports, which the reader of its document has not met. */
function notYetSeen(document: string): readonly string[] {
  const seen = new Set<string>()
  return codeBlocks(document, read(document)).flatMap(({ title, code, place }) => {
    if (title === undefined) return []
    seen.add(title.replace(/\.\w+$/, ''))
    const imports = [...code.matchAll(/(?:from|import\() ?'(\.{1,2}\/[^']+)'/g)]
    const files = imports.map(([, path = '']) => join(title, '..', path).replace(/\.\w+$/, ''))
    return files.filter((file) => !seen.has(file)).map((file) => `${place} imports ${file}`)
  })
}

describe('the files of a document', () => {
  it.each(documents)('%s: come before what imports them', (document) => {
    expect(notYetSeen(document)).toEqual([])
  })
})

describe('the check', () => {
  const compile = (code: string, info = 'ts') =>
    compileBlocks(codeBlocks('a.md', `\`\`\`${info}\n${code}\n\`\`\`\n`))

  it.each([
    ['a name that a package does not export', "import { crateToken } from '@rtc-token/core'"],
    [
      'an option that does not exist',
      "import { rules } from '@rtc-token/server'\nrules([{ chanel: 'a' }])",
    ],
    ['a subpath that does not exist', "import '@rtc-token/server/hono'"],
    ['a member of the wrong type', "import { allow } from '@rtc-token/server'\nallow({ ttl: {} })"],
    ['what cannot be read', 'const = 1'],
  ])('finds %s', (_, code) => {
    expect(compile(code).length).toBeGreaterThan(0)
  })

  it('lets a part of a file use what stands for the code of the reader, and a whole file not', () => {
    expect(compile('console.log(session.user)')).toEqual([])
    expect(compile('console.log(session.user)', 'ts title="a.ts"')).toHaveLength(1)
  })
})
