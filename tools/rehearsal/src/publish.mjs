import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publicPackages } from '@rtc-token/release/workspace'
import { pnpm } from './scratch-copy.mjs'
import { withoutNpm } from './without-npm.mjs'

/**
 * Publishes a scratch copy to a registry on loopback, and to no other: a rehearsal that reached the real
 * one would be the release.
 *
 * @param {string} root of the copy
 * @param {string} url of the registry
 */
export async function publish(root, url) {
  assert.equal(new URL(url).hostname, '127.0.0.1')
  const config = join(root, '.npmrc-rehearsal')
  // The registry takes what anyone publishes; pnpm sends nothing without a token.
  writeFileSync(config, `registry=${url}\n${url.replace('http:', '')}:_authToken=rehearsal\n`)
  const env = { ...withoutNpm(process.env), NPM_CONFIG_USERCONFIG: config }
  const args = ['publish', '-r', '--no-git-checks', `--registry=${url}`]
  expectOnly(url, pnpm([...args, '--dry-run'], root, env), publicPackages(root).length)
  pnpm(args, root, env)
  for (const { manifest } of publicPackages(root)) {
    const { versions } = await (await fetch(`${url}${manifest.name}`)).json()
    assert.ok(manifest.version in versions, `${manifest.name} ${manifest.version} is not published`)
  }
}

/**
 * Throws unless a dry run says that each package would go to one registry.
 *
 * @param {string} url
 * @param {string} output
 * @param {number} count
 */
export function expectOnly(url, output, count) {
  const targets = output.match(/→ \S+/g) ?? []
  assert.deepEqual(
    targets,
    Array.from({ length: count }, () => `→ ${url}`),
    output,
  )
}
