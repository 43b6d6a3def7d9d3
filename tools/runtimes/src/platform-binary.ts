import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

// A wrapper or a placeholder is a few kilobytes, a runtime is tens of megabytes.
const SMALLEST_RUNTIME_BYTES = 1_000_000

/**
 * Finds the executable of an npm package that ships one package per platform as optional
 * dependencies, of which only the fitting ones are installed. Gives nothing when none is.
 *
 * @param name - the package that has the platforms' packages as dependencies
 * @param program - path of the program in such a package, without `.exe`
 */
export function platformBinary(name: string, program: string): string | undefined {
  const manifest = require.resolve(`${name}/package.json`)
  const folders = [...platformFolders(manifest), dirname(manifest)]
  // Bun's install script moves the program from the platform's package into `bun`, as `bun.exe`.
  const paths = folders.flatMap((folder) => [join(folder, program), join(folder, `${program}.exe`)])
  return paths.find((path) => existsSync(path) && statSync(path).size > SMALLEST_RUNTIME_BYTES)
}

interface Manifest {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

function platformFolders(manifest: string): string[] {
  const { optionalDependencies = {} }: Manifest = JSON.parse(readFileSync(manifest, 'utf8'))
  const fromThere = createRequire(manifest)
  return Object.keys(optionalDependencies).flatMap((dependency) => {
    try {
      return [dirname(fromThere.resolve(`${dependency}/package.json`))]
    } catch {
      // For another platform.
      return []
    }
  })
}
