import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './workspace.mjs'

const OUR_RANGE = /("(?:@rtc-token\/[\w-]+|rtc-token)": ")\^[^"]+/g

/** The examples: folders of `examples` with a package.json, by their names. */
export function examplesIn(root = ROOT) {
  const folder = join(root, 'examples')
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json')))
}

/**
 * An example's package.json as it is once a version is released.
 *
 * @param {string} manifest
 * @param {string} version
 */
export function withRanges(manifest, version) {
  return manifest.replaceAll(OUR_RANGE, `$1^${version}`)
}
