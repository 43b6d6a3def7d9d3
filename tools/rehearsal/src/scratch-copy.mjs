import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { publicPackages, ROOT } from '@rtc-token/release/workspace'
import { run } from '@rtc-token/release/run'

/**
 * Copies the repository as it is now, tracked or not yet, and makes the next version of it there.
 *
 * @param {string} folder
 */
export function makeScratchCopy(folder) {
  const listed = run('git', ['ls-files', '-co', '--exclude-standard', '-z'], ROOT).split('\0')
  for (const path of listed.filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(ROOT, path), join(folder, path))
  }
  pnpm(['install', '--frozen-lockfile', '--prefer-offline', '--ignore-scripts'], folder)
}

/**
 * Does what the version pull request does.
 *
 * @param {string} folder
 * @returns {string} the version that all published packages now have
 */
export function makeVersion(folder) {
  if (pending(folder).length > 0) pnpm(['run', 'version'], folder)
  const versions = new Set(publicPackages(folder).map(({ manifest }) => manifest.version))
  const [version = ''] = versions
  if (versions.size !== 1) throw new Error(`one version expected, got ${[...versions].join(', ')}`)
  if (version === '0.0.0') throw new Error('nothing to release: no changeset has been added')
  if (pending(folder).length > 0) throw new Error('changesets are left after changeset version')
  for (const { folder: source } of publicPackages(folder)) {
    if (!existsSync(join(source, 'CHANGELOG.md'))) throw new Error(`${source} has no changelog`)
  }
  return version
}

/** @param {string} folder */
function pending(folder) {
  return readdirSync(join(folder, '.changeset')).filter((name) => name.endsWith('.md'))
}

/**
 * Runs the pnpm that runs this.
 *
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 */
export function pnpm(args, cwd, env = process.env) {
  return run('pnpm', args, cwd, { ...env, CI: 'true', TURBO_TELEMETRY_DISABLED: '1' })
}
