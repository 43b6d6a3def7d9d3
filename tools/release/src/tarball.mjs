import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { manifestOf } from './workspace.mjs'
import { run } from './run.mjs'

/**
 * Packs a package as it would be uploaded. Returns the path of the tarball.
 *
 * @param {string} folder
 * @param {string} target a folder of its own
 */
export function pack(folder, target) {
  rmSync(target, { recursive: true, force: true })
  run('pnpm', ['pack', '--pack-destination', target], folder)
  return join(target, readdirSync(target).find((name) => name.endsWith('.tgz')) ?? '')
}

/**
 * Reads what is in a tarball.
 *
 * @param {string} tarball
 * @returns {{ readonly manifest: import('./workspace.mjs').Manifest, readonly files: Map<string, string> }}
 */
export function readTarball(tarball) {
  const folder = join(dirname(tarball), 'unpacked')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  run('tar', ['-xzf', tarball, '-C', folder], folder)
  const top = join(folder, 'package')
  return { manifest: manifestOf(top), files: filesIn(top) }
}

/**
 * The text of every file below a folder, by its path from there.
 *
 * @param {string} top
 */
export function filesIn(top) {
  const entries = readdirSync(top, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    paths.map((path) => [
      path.slice(top.length + 1).replaceAll(sep, '/'),
      readFileSync(path, 'utf8'),
    ]),
  )
}
