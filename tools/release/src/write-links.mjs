// Part of `pnpm run version`: links of the published documents lead to the tag of the new version.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publicPackages, refOf, repositoryAddress } from './workspace.mjs'

const root = process.cwd()
const prefix = `${repositoryAddress(root)}/blob/`
for (const { folder, manifest } of publicPackages(root)) {
  for (const path of documentsIn(folder)) {
    const text = readFileSync(path, 'utf8')
    const parts = text.split(prefix)
    const rest = parts.slice(1).map((part) => part.replace(/^[^/]+/, refOf(manifest.version)))
    writeFileSync(path, [parts[0], ...rest].join(prefix))
  }
}

/** @param {string} folder */
function documentsIn(folder) {
  const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
  const documents = sources.filter((path) => path.endsWith('.md')).map((path) => join('src', path))
  return ['README.md', ...documents].map((path) => join(folder, path))
}
