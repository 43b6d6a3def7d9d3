import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A way into a package. */
export interface EntryPoint {
  /** As users import it. */
  readonly name: string
  /** The source file, with its whole path. */
  readonly file: string
}

/** The published packages. */
export const PACKAGES = ['core', 'server', 'client-renewer'] as const

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

/** A file, or one for each condition. */
type Target = string | { readonly types: string }

/** Every way into a package, the main one first. */
export function entryPointsOf(name: (typeof PACKAGES)[number]): readonly EntryPoint[] {
  const folder = join(ROOT, 'packages', name)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, Target>>>>
  }
  return Object.entries(manifest.exports).flatMap(([subpath, target]) => {
    const source = typeof target === 'object' ? target['@rtc-token/source'] : undefined
    if (source === undefined) return []
    const file = typeof source === 'string' ? source : source.types
    return { name: manifest.name + subpath.slice(1), file: join(folder, file) }
  })
}
