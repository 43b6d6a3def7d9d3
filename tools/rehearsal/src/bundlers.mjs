import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '@rtc-token/release/run'
import { manifestOf } from '@rtc-token/release/workspace'
import { add, emptyProject } from './package-managers.mjs'

// Each tool of docs/bundlers.md, with the configuration that stands there.

const OLD_METRO = 'metro-before-exports'
const TOOLS = [
  '@babel/core@7',
  '@babel/preset-env@7',
  '@rollup/plugin-commonjs@29',
  '@rollup/plugin-node-resolve@16',
  'babel-jest@30',
  'esbuild@0.28',
  'jest@30',
  'metro@0.87',
  `${OLD_METRO}@npm:metro@0.81`,
  'parcel@2.16.4',
  'rollup@4',
  'source-map-loader@5',
  'webpack@5',
]

const PROGRAM = `
import { createRenewer, httpSource } from '@rtc-token/client-renewer'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import { createToken, rtc, verifyToken } from '@rtc-token/core'
import { decodeToken } from '@rtc-token/core/inspect'

const project = { appId: 'a'.repeat(32), appCertificate: 'b'.repeat(32) }
const services = [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })]
const token = createToken({ ...project, ttl: 60, services })
verifyToken(token, { ...project, channel: 'room-42', uid: 1234 })
const source = httpSource({ url: '/v1/tokens' })
const client = { join: () => {} }
const renewer = createRenewer(rtcNg(client, { appId: project.appId, channel: 'room-42' }), { source })
console.log(decodeToken(token).version, renewer.phase)
`

const JEST = `
import { createTokenHandler, unsafeAllowEveryone } from '@rtc-token/server'
import { decodeToken } from '@rtc-token/core/inspect'
import { createRenewer } from '@rtc-token/client-renewer'

it('works', async () => {
  const project = { appId: 'a'.repeat(32), appCertificate: 'b'.repeat(32) }
  const open = unsafeAllowEveryone({ warn: () => undefined })
  const handler = createTokenHandler({ project, ...open })
  const { token } = await handler.issue({ id: 'everyone' }, { channel: 'room-42', uid: 7 })
  expect(decodeToken(token).version).toBe('007')
  expect(typeof createRenewer).toBe('function')
})
`

const WEBPACK = `
const maps = { test: /\\.js$/, enforce: 'pre', use: 'source-map-loader' }
const output = { path: __dirname + '/out', filename: 'webpack.js' }
const options = { ...require('./webpack.config.cjs'), mode: 'production', entry: './app.js', output, module: { rules: [maps] } }
require('webpack')(options, (error, stats) => {
  if (error || stats.hasErrors() || stats.hasWarnings()) throw error ?? new Error(stats.toString())
})
`

/**
 * Bundles a program with each bundler and runs the result; runs a test with Jest.
 *
 * @param {string} app a folder that does not exist yet
 * @param {string} registry where our packages are
 * @param {string} root of the repository
 */
export function tryBundlers(app, registry, root) {
  emptyProject(app, registry)
  add('npm', ['@rtc-token/core', '@rtc-token/server', '@rtc-token/client-renewer', ...TOOLS], app)
  writeConfigurations(app, readFileSync(join(root, 'docs', 'bundlers.md'), 'utf8'))
  write(app, { 'app.js': PROGRAM, 'app.test.js': JEST, 'webpack.cjs': WEBPACK })
  write(app, { 'index.html': '<script type="module" src="app.js"></script>' })

  run(process.execPath, ['webpack.cjs'], app)
  tool(app, 'rollup', ['-c', 'rollup.config.mjs'])
  tool(app, 'esbuild', ['app.js', '--bundle', '--outfile=out/esbuild.js'])
  tool(app, 'parcel', ['build', 'app.js', '--dist-dir', 'out/parcel', '--no-cache'])
  tool(app, 'metro', ['build', 'app.js', '--out', 'out/metro'])
  const metro = ['build', 'app.js', '--config', 'metro.config.cjs', '--out', 'out/old-metro']
  run(process.execPath, [join(app, 'node_modules', OLD_METRO, 'src', 'cli.js'), ...metro], app)
  for (const name of ['webpack', 'app', 'esbuild', 'parcel/app', 'metro', 'old-metro']) {
    assert.equal(run(process.execPath, [`out/${name}.js`], app), '007 idle\n', name)
  }
  tool(app, 'jest', [])
}

/**
 * Writes the blocks of the page that begin with the name of a file, and what belongs into package.json.
 *
 * @param {string} app
 * @param {string} page
 */
function writeConfigurations(app, page) {
  const files = page.matchAll(/^```js\n\/\/ (\S+)\n([^]*?)^```/gm)
  write(app, Object.fromEntries([...files].map(([, name = '', text = '']) => [name, text])))
  const [, parcel = ''] = /^```json\n([^]*?)^```/m.exec(page) ?? []
  const manifest = { ...manifestOf(app), ...JSON.parse(parcel) }
  write(app, { 'package.json': JSON.stringify(manifest) })
}

/**
 * @param {string} app
 * @param {Readonly<Record<string, string>>} files
 */
function write(app, files) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(app, name), text)
}

/**
 * @param {string} app
 * @param {string} name
 * @param {readonly string[]} args
 */
function tool(app, name, args) {
  run(join(app, 'node_modules', '.bin', name), args, app)
}
