import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { read, ROOT } from '../../site/repository.ts'
import { codeBlocks } from './code-blocks.ts'

const FOLDER = join(ROOT, 'apps/docs/.blocks')

/** The whole files of a document (`title="a.ts"`), beside each other as a reader saves them. */
export interface SavedBlocks {
  readonly titles: readonly string[]
  /** Runs one of them and returns what it exports. */
  readonly run: <T>(title: string) => Promise<T>
  readonly remove: () => void
}

/** Saves the whole files of a document. */
export function saveBlocks(document: string): SavedBlocks {
  mkdirSync(FOLDER, { recursive: true })
  const folder = mkdtempSync(join(FOLDER, 'run-'))
  const blocks = codeBlocks(document, read(document))
  const titles = blocks.flatMap(({ title, code }) => {
    if (title === undefined) return []
    mkdirSync(dirname(join(folder, title)), { recursive: true })
    writeFileSync(join(folder, title), code)
    return [title]
  })
  return {
    titles,
    run: (title) => import(/* @vite-ignore */ pathToFileURL(join(folder, title)).href),
    remove: () => rmSync(folder, { recursive: true }),
  }
}
