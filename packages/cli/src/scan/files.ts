import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'

const SKIPPED = new Set([
  'node_modules',
  'bower_components',
  'dist',
  'build',
  'out',
  'coverage',
  'vendor',
  'target',
  'Pods',
])
const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/
const LINES =
  /^(?:\.env(?:\..+)?|(?:.+\.)?Dockerfile(?:\..+)?|.+\.dockerfile|(?:docker-)?compose(?:\..+)?\.ya?ml|docker-compose(?:\..+)?\.ya?ml)$/i
const MOST_BYTES = 1 << 20
const MOST_FILES = 50_000

/** A file to scan: its kind, and its path relative to the scanned folder. */
export interface SourceFile {
  readonly path: string
  readonly kind: 'script' | 'lines'
}

/** The files of a code base, without installed packages and build output. Does not follow links. */
export function sourceFiles(folder: string): SourceFile[] {
  const files: SourceFile[] = []
  const folders = ['']
  for (const at of folders) {
    for (const entry of entriesOf(join(folder, at))) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory() && isOurs(entry.name)) folders.push(path)
      const kind = entry.isFile() ? kindOf(path, entry.name) : undefined
      if (kind) files.push({ path, kind })
      if (files.length >= MOST_FILES) return files
    }
  }
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // Not permitted, or deleted meanwhile.
    return []
  }
}

function isOurs(name: string): boolean {
  return !SKIPPED.has(name) && (!name.startsWith('.') || name === '.github')
}

function kindOf(path: string, name: string): SourceFile['kind'] | undefined {
  if (/\.min\.js$|\.d\.ts$|\.txt$|\.md$/.test(name)) return undefined
  if (SCRIPT.test(name)) return 'script'
  const isWorkflow = /^(?:.*\/)?\.github\/workflows\/[^/]+\.ya?ml$/.test(path)
  return isWorkflow || LINES.test(name) ? 'lines' : undefined
}

/** Reads a file as text; `undefined` if it is too large, deleted or not permitted. */
export function readSource(path: string): string | undefined {
  try {
    const file = openSync(path, 'r')
    try {
      const stat = fstatSync(file)
      if (!stat.isFile() || stat.size > MOST_BYTES) return undefined
      const bytes = Buffer.alloc(stat.size)
      return bytes.toString('utf8', 0, readSync(file, bytes))
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}
