import { join } from 'node:path'
import { packageFaults } from './package-faults.mjs'
import { run } from './run.mjs'
import { ROOT } from './workspace.mjs'

/**
 * Throws when something is wrong with a tarball: by our own checks, by publint or by attw.
 *
 * @param {string} tarball
 * @param {{ readonly directory: string, readonly manifest: import('./workspace.mjs').Manifest, readonly root?: string }} source
 */
export async function lint(tarball, { directory, manifest, root = ROOT }) {
  const faults = await packageFaults(tarball, { directory, root })
  if (faults.length > 0)
    throw new Error(`${directory} is not fit to be published:\n  ${faults.join('\n  ')}`)
  lintWithTools(tarball, manifest.types !== undefined)
}

/**
 * Throws when publint dislikes a tarball, or attw its types.
 *
 * @param {string} tarball
 * @param {boolean} hasTypes
 */
export function lintWithTools(tarball, hasTypes) {
  const bin = join(ROOT, 'node_modules', '.bin')
  run(join(bin, 'publint'), ['--strict', tarball], ROOT)
  if (hasTypes) run(join(bin, 'attw'), ['--profile', 'esm-only', '--no-emoji', tarball], ROOT)
}
