import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { browserFaults } from './browser-faults.mjs'
import { contentFaults } from './content-faults.mjs'
import { leftovers } from './leftovers.mjs'
import { linkFaults, mapFaults } from './link-faults.mjs'
import { manifestFaults, rangeFaults } from './manifest-faults.mjs'
import { readTarball } from './tarball.mjs'
import { unpackedFaults } from './weight-faults.mjs'
import { refOf, repositoryAddress, ROOT } from './workspace.mjs'

/**
 * Everything that is wrong with a tarball.
 *
 * @param {string} tarball
 * @param {{ readonly directory: string, readonly root?: string }} place of its source
 * @returns {Promise<readonly string[]>}
 */
export async function packageFaults(tarball, { directory, root = ROOT }) {
  const { manifest, files } = readTarball(tarball)
  const address = repositoryAddress(root)
  const ref = refOf(manifest.version)
  const exists = (/** @type {string} */ path) => existsSync(join(root, path))
  const repository = { address, ref, exists }
  return [
    ...manifestFaults(manifest, { address, directory }),
    ...rangeFaults(manifest),
    ...contentFaults(manifest, files),
    ...browserFaults(files),
    ...unpackedFaults(manifest, files),
    ...(await leftovers(files)),
    ...linkFaults(files, repository),
    ...mapFaults(files, repository),
  ]
}
