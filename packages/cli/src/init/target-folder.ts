import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Finding } from '../output/finding.ts'
import type { Files } from './templates.ts'

// Files that the folder of a new app may already contain: history, variables, files of file managers.
const BESIDE = /^(?:\.git|\.env(?:\..+)?|\.DS_Store|Thumbs\.db|desktop\.ini)$/
const MOST_NAMED = 3

/** Why a folder cannot be used; `undefined` if it is empty or does not exist. */
export function faultOfFolder(folder: string, shown: string): Finding | undefined {
  try {
    const stat = lstatSync(folder, { throwIfNoEntry: false })
    if (stat === undefined) return undefined
    if (stat.isSymbolicLink()) return unusable(shown, 'a link')
    if (!stat.isDirectory()) return unusable(shown, 'a file')
    const names = readdirSync(folder).filter((name) => !BESIDE.test(name))
    return names.length === 0 ? undefined : notEmpty(shown, names.toSorted())
  } catch (error) {
    return unusable(shown, codeOf(error))
  }
}

/**
 * Writes files into a folder, and creates the folder if needed. Never overwrites a file or follows a link. If it fails,
 * it removes what it has written.
 */
export function writeInto(folder: string, files: Files, shown: string): Finding | undefined {
  const made: string[] = []
  try {
    for (const [path, text] of Object.entries(files)) {
      const target = join(folder, ...path.split('/'))
      const top = mkdirSync(dirname(target), { recursive: true })
      if (top !== undefined) made.push(top)
      writeNew(target, text, made)
    }
    return undefined
  } catch (error) {
    for (const path of made.toReversed()) rmSync(path, { recursive: true, force: true })
    return unusable(shown, codeOf(error))
  }
}

/** Writes a new file. Adds it to `made` first, so that an incomplete file is removed too. */
function writeNew(path: string, text: string, made: string[]): void {
  const file = openSync(path, 'wx')
  made.push(path)
  try {
    writeFileSync(file, text)
  } finally {
    closeSync(file)
  }
}

function notEmpty(shown: string, names: readonly string[]): Finding {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  return {
    code: 'FOLDER_NOT_EMPTY',
    severity: 'fatal',
    message: `Expected an empty folder, but ${shown} has ${names.slice(0, MOST_NAMED).join(', ')}${more}.`,
    remedy: 'Name a new folder. For an app that exists, copy what it needs from the new one.',
  }
}

function unusable(shown: string, saw: string): Finding {
  return {
    code: 'FOLDER_UNUSABLE',
    severity: 'fatal',
    message: `Expected a folder to write to, but ${shown} gave ${saw}.`,
    remedy: 'Name a new folder in a place where you can write.',
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error'
}
