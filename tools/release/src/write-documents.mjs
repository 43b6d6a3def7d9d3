// Part of `pnpm run version`: links of the published documents lead to the tag of the new version, and
// the READMEs no longer say that there is no release, and the examples ask for it.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { examplesIn, manifestsOf, withRanges } from './example-folders.mjs'
import { withState } from './state.mjs'
import { publicPackages, refOf, repositoryAddress } from './workspace.mjs'

const root = process.cwd()
const prefix = `${repositoryAddress(root)}/blob/`
const packages = publicPackages(root)
for (const { folder, manifest } of packages) {
  for (const path of documentsIn(folder)) {
    rewrite(path, (text) => withLinks(withState(text, manifest.version), manifest.version))
  }
}
const version = packages[0]?.manifest.version ?? ''
for (const path of ['README.md', 'examples/README.md']) {
  rewrite(join(root, path), (text) => withState(text, version))
}
for (const path of examplesIn(root).flatMap((name) => manifestsOf(name, root))) {
  rewrite(path, (text) => withRanges(text, version))
}

/**
 * @param {string} text
 * @param {string} version
 */
function withLinks(text, version) {
  const [start, ...rest] = text.split(prefix)
  return [start, ...rest.map((part) => part.replace(/^[^/]+/, refOf(version)))].join(prefix)
}

/**
 * @param {string} path
 * @param {(text: string) => string} change
 */
function rewrite(path, change) {
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

/** @param {string} folder */
function documentsIn(folder) {
  const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
  const documents = sources.filter((path) => path.endsWith('.md')).map((path) => join('src', path))
  return ['README.md', ...documents].map((path) => join(folder, path))
}
