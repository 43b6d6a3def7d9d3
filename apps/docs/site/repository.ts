import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url))

/** Where the sources are shown. */
export const REPOSITORY = 'https://github.com/rtc-token/rtc-token'

/** A file of the repository as text. @param path - from the root */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Whether the repository has a file or a folder. @param path - from the root */
export function exists(path: string): boolean {
  return existsSync(join(ROOT, path))
}
