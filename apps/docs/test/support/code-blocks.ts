import { join } from 'node:path'
import { ROOT } from '../../site/repository.ts'

/** A block of code of a document. */
export interface CodeBlock {
  /** The document, from the root of the repository, and the line in it. */
  readonly place: string
  readonly language: string
  readonly code: string
  /** For a whole file (`title="server.mjs"`): its name. Other blocks are parts of the reader's own code. */
  readonly title: string | undefined
}

const BLOCK = /^( *)```(\w+)(.*)\n([^]*?)^\1```$/gm
const COMPILED = new Set(['js', 'jsx', 'mjs', 'ts', 'tsx'])

/** The blocks of code in a document. */
export function codeBlocks(document: string, text: string): readonly CodeBlock[] {
  const found = [...text.matchAll(BLOCK)]
  return found.map(({ index, 2: language = '', 3: info = '', 4: code = '' }) => ({
    place: `${document}:${text.slice(0, index).split('\n').length}`,
    language,
    code,
    title: /\btitle="([^"]+)"/.exec(info)?.[1],
  }))
}

/** Whether the compiler reads it. */
export function isCompiled({ language }: CodeBlock): boolean {
  return COMPILED.has(language)
}

/** Where the block stands for the compiler: the files of one document side by side. */
export function fileOf({ place, language, title }: CodeBlock): string {
  const [document = '', line = ''] = place.split(':')
  const folder = join(ROOT, 'apps/docs/.blocks', document.replaceAll('/', '-'))
  return join(folder, title ?? `line-${line}.${language}`)
}
