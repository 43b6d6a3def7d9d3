// `npx -y pnpm@12 install:into ../my-app`: packs the packages as they are here and installs them all
// together, since each of them asks for the others by a version that no registry has yet.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run } from './run.mjs'
import { pack } from './tarball.mjs'
import { publicPackages } from './workspace.mjs'

const [target] = process.argv.slice(2)
if (target === undefined) throw new Error('Say where to: npx -y pnpm@12 install:into ../my-app')
const app = resolve(process.env['INIT_CWD'] ?? '.', target)
mkdirSync(app, { recursive: true })
// Else npm looks for a project further up.
const manifest = join(app, 'package.json')
if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n')
const packages = publicPackages()
// They stay there: the app's package.json names them until it names versions.
const tarballs = packages.map(({ folder, directory }) =>
  pack(folder, join(app, directory.replace('packages/', 'rtc-token-packages/'))),
)
run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], app)
console.log(`Installed in ${app}: ${packages.map(({ manifest: { name } }) => name).join(', ')}`)
