import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { browserFaults } from './browser-faults.mjs'
import { contentFaults } from './content-faults.mjs'
import { linkFaults } from './link-faults.mjs'
import { manifestFaults, rangeFaults } from './manifest-faults.mjs'
import { readTarball } from './tarball.mjs'
import { refOf, repositoryAddress, ROOT } from './workspace.mjs'

/**
 * Everything that is wrong with a tarball.
 *
 * @param {string} tarball
 * @param {{ readonly directory: string, readonly root?: string }} place of its source
 * @returns {readonly string[]}
 */
export function packageFaults(tarball, { directory, root = ROOT }) {
  const { manifest, files } = readTarball(tarball)
  const address = repositoryAddress(root)
  const ref = refOf(manifest.version)
  return [
    ...manifestFaults(manifest, { address, directory }),
    ...rangeFaults(manifest),
    ...contentFaults(manifest, files),
    ...browserFaults(files),
    ...linkFaults(files, { address, ref, exists: (path) => existsSync(join(root, path)) }),
  ]
}
