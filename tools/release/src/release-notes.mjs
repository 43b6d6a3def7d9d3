// Prints what the changelog says of the version that the packages have now.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publicPackages, ROOT } from './workspace.mjs'

const version = publicPackages()[0]?.manifest.version ?? ''
const sections = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').split(/^## /m)
const section = sections.find((text) => text.startsWith(version))
if (section === undefined) throw new Error(`CHANGELOG.md says nothing of ${version}`)
process.stdout.write(section.slice(version.length).trim() + '\n')
