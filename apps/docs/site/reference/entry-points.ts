import { join } from 'node:path'
import { read, ROOT } from '../repository.ts'

/** A way into a package. */
export interface EntryPoint {
  /** As it is imported, such as `@rtc-token/server/node`. */
  readonly name: string
  /** The source file, with its whole path. */
  readonly file: string
}

const PACKAGES = ['core', 'server', 'client-renewer'] as const
const CONDITION = '@rtc-token/source'

/** A file, or one for each condition. */
type Target = string | { readonly types: string }

/** Every way into the published libraries, in the order of their manifests. */
export function entryPoints(): readonly EntryPoint[] {
  return PACKAGES.flatMap((name) => {
    const manifest: {
      readonly name: string
      readonly exports: Readonly<Record<string, string | Readonly<Record<string, Target>>>>
    } = JSON.parse(read(`packages/${name}/package.json`))
    return Object.entries(manifest.exports).flatMap(([subpath, target]) => {
      const source = typeof target === 'object' ? target[CONDITION] : undefined
      if (source === undefined) return []
      const file = typeof source === 'string' ? source : source.types
      return { name: manifest.name + subpath.slice(1), file: join(ROOT, 'packages', name, file) }
    })
  })
}
