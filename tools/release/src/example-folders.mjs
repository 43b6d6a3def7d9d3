import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './workspace.mjs'

// In a package.json `"@rtc-token/core": "^0.1.0"`, in a deno.json `"npm:@rtc-token/core@^0.1.0/inspect"`.
const OUR_RANGE = /((?:@rtc-token\/[\w-]+|rtc-token)(?:": "|@))\^[^"/]+/g
const MANIFEST = /(?:^|\/)(?:package|deno)\.json$/

/** The examples: folders of `examples` with a package.json, by their names. */
export function examplesIn(root = ROOT) {
  const folder = join(root, 'examples')
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json')))
}

/**
 * The files of an example that say which versions it wants.
 *
 * @param {string} name
 */
export function manifestsOf(name, root = ROOT) {
  const folder = join(root, 'examples', name)
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return paths
    .filter((path) => MANIFEST.test(path) && !path.includes('node_modules'))
    .map((path) => join(folder, path))
}

/**
 * Such a file as it is once a version is released.
 *
 * @param {string} manifest
 * @param {string} version
 */
export function withRanges(manifest, version) {
  return manifest.replaceAll(OUR_RANGE, `$1^${version}`)
}
