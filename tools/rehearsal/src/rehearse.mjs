// A whole release without the world: the next version of a scratch copy goes into a registry on
// loopback, and newcomers install from there what the READMEs say, and do what they say. Run it with
// `npx -y pnpm@12 test:release`.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lint } from '@rtc-token/release/lint'
import { run, step } from '@rtc-token/release/run'
import { pack } from '@rtc-token/release/tarball'
import { publicPackages, ROOT } from '@rtc-token/release/workspace'
import { tryBundlers } from './bundlers.mjs'
import { FIRST_SUCCESS, installedBy, withPage } from './newcomer.mjs'
import { add, emptyProject, PACKAGE_MANAGERS } from './package-managers.mjs'
import { makeRelease, namesIn, withPublished } from './release.mjs'
import { tryTypeScripts } from './typescripts.mjs'
import { withoutNpm } from './without-npm.mjs'

const folder = mkdtempSync(join(tmpdir(), 'rtc-token-release-'))
const root = join(folder, 'repository')
try {
  const version = await makeRelease(root)
  await step('looked at', () => lookAt())
  await step('installed from a clone', () => installFromClone(join(folder, 'from-clone')))
  await withPublished(folder, root, rehearse)
  console.log(`${namesIn(root).join(', ')} ${version}: ready to be released`)
} finally {
  rmSync(folder, { recursive: true })
}

/** @param {string} registry */
async function rehearse(registry) {
  for (const manager of PACKAGE_MANAGERS) {
    await step(`used by a newcomer with ${manager}`, () => newcomer(manager, registry))
  }
  await step('renewed in a browser', () => openPage(join(folder, 'npm')))
  await step('compiled by each TypeScript', () =>
    tryTypeScripts(join(folder, 'typescripts'), registry),
  )
  await step('bundled by each bundler', () => tryBundlers(join(folder, 'bundlers'), registry, root))
}

async function lookAt() {
  run(process.execPath, [join('tools', 'release', 'src', 'release-notes.mjs')], root)
  for (const source of publicPackages(root)) {
    const tarball = pack(source.folder, join(folder, 'packed', source.directory))
    await lint(tarball, { ...source, root })
  }
}

/**
 * What the READMEs of the repository and of the examples say to do until something is released.
 *
 * @param {string} app
 */
async function installFromClone(app) {
  cpSync(join(root, 'examples', 'script-tag'), app, { recursive: true })
  run(process.execPath, [join('tools', 'release', 'src', 'install-into.mjs'), app], root)
  await FIRST_SUCCESS['core']?.(app, root)
  run('npm', ['test'], app, withoutNpm(process.env))
}

/**
 * @param {string} manager
 * @param {string} registry
 */
async function newcomer(manager, registry) {
  const app = join(folder, manager)
  const names = publicPackages(root).map(({ directory }) => directory.replace('packages/', ''))
  emptyProject(app, registry)
  const wanted = names.flatMap((name) => installedBy(name, root))
  add(manager, [...new Set([...namesIn(root), ...wanted])], app)
  for (const name of names) {
    const tryFirst = FIRST_SUCCESS[name]
    if (!tryFirst)
      throw new Error(`packages/${name}: say in newcomer.mjs what its README shows first`)
    await tryFirst(app, root)
  }
}

/** @param {string} app */
async function openPage(app) {
  await withPage(app, root, (url) => {
    const config = join(ROOT, 'tools', 'rehearsal', 'vitest.config.ts')
    const vitest = join(ROOT, 'node_modules', '.bin', 'vitest')
    run(vitest, ['run', '--config', config], ROOT, { ...process.env, RTC_TOKEN_PAGE: url })
  })
}
