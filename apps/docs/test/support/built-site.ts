import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with the built site. */
export const DIST: string = fileURLToPath(new URL('../../dist/', import.meta.url))

/** Every file of the built site, by its path. */
export function filesOf(ending = ''): readonly string[] {
  const names = readdirSync(DIST, { recursive: true, withFileTypes: true })
  return names
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => posix.relative(DIST, join(entry.parentPath, entry.name)))
    .toSorted()
}

/** A file of the built site as text. */
export function textOf(path: string): string {
  return readFileSync(join(DIST, path), 'utf8')
}

const ID = /\bid="([^"]+)"/g

/** Whether a file is there, such as `start.html`, and the anchor behind its `#`. */
export function hasTarget(link: string): boolean {
  const [file = '', anchor] = link.split('#')
  if (!existsSync(join(DIST, file))) return false
  if (anchor === undefined) return true
  return [...textOf(file).matchAll(ID)].some(([, id]) => id === decodeURIComponent(anchor))
}

/** The pages, by their paths without `.html`, with their HTML. */
export function builtPages(): ReadonlyMap<string, string> {
  return new Map(filesOf('.html').map((path) => [path.replace(/\.html$/, ''), textOf(path)]))
}
