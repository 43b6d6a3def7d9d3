import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { read } from '../../site/repository.ts'
import { codeBlocks } from './code-blocks.ts'

/** The whole files of a document, side by side in a folder, as a reader has copied them. */
export interface GuideFolder {
  readonly path: string
  /** What a file of it exports. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a file of a document has no types here; the code blocks' test has compiled it
  readonly load: (file: string) => Promise<any>
  /** Puts something else into a file for as long as `run` takes. */
  readonly changed: (
    file: string,
    line: string,
    instead: string,
    run: () => Promise<void>,
  ) => Promise<void>
  readonly remove: () => void
}

/** Writes the files of a document. */
export function folderOf(document: string): GuideFolder {
  const path = mkdtempSync(join(import.meta.dirname, '../../node_modules/.guide-'))
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), text)
  }
  for (const { title, code } of codeBlocks(document, read(document))) {
    if (title !== undefined) write(title, code)
  }
  return {
    path,
    load: (file) => import(/* @vite-ignore */ join(path, file)),
    async changed(file, line, instead, run) {
      const before = readFileSync(join(path, file), 'utf8')
      const after = before.replace(line, instead)
      if (after === before) throw new Error(`${file} has no line ${line}`)
      write(file, after)
      await run().finally(() => write(file, before))
    },
    remove: () => rmSync(path, { recursive: true }),
  }
}
