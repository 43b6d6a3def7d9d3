import { join } from 'node:path'
import { step } from '@rtc-token/release/run'
import { publicPackages } from '@rtc-token/release/workspace'
import { publish } from './publish.mjs'
import { startRegistry } from './registry.mjs'
import { makeScratchCopy, makeVersion, pnpm } from './scratch-copy.mjs'

/**
 * Makes the next version of a scratch copy, and builds it.
 *
 * @param {string} root where the copy will be
 * @returns {Promise<string>} the version
 */
export async function makeRelease(root) {
  await step('copied and installed', () => makeScratchCopy(root))
  const version = await step('made a version', () => makeVersion(root))
  await step('built', () => pnpm(['--filter', './packages/*', 'run', 'build'], root))
  return version
}

/**
 * Publishes a release to a registry on loopback, for as long as something is done with it there.
 *
 * @param {string} folder where the registry keeps what it holds
 * @param {string} root of the scratch copy
 * @param {(registry: string) => Promise<void>} use
 */
export async function withPublished(folder, root, use) {
  const registry = await startRegistry(join(folder, 'registry'), namesIn(root))
  try {
    await step('published', () => publish(root, registry.url))
    await use(registry.url)
  } finally {
    await registry.stop()
  }
}

/**
 * The names of the packages that are published.
 *
 * @param {string} root
 */
export function namesIn(root) {
  return publicPackages(root).map(({ manifest }) => manifest.name)
}
