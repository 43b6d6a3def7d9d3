import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { codeBlocks } from '@rtc-token/release/examples'
import { run } from '@rtc-token/release/run'
import { freePort } from './free-port.mjs'

// What a newcomer does with each README: copies what stands there, and sees it work.

const WISH = { channel: 'room-42', uid: 1234, role: 'publisher' }
const PROJECT = {
  AGORA_APP_ID: '970CA35de60c44645bbae8a215061b33',
  AGORA_APP_CERTIFICATE: '5CFd2fd1755d40ecb72977518be15d3b',
}

/**
 * What a README says to install.
 *
 * @param {string} name the folder of the package
 * @param {string} root
 * @returns {readonly string[]}
 */
export function installedBy(name, root) {
  const lines = codeBlocks(name, 'sh', root)
    .join('\n')
    .matchAll(/^npm install (.+)$/gm)
  return [...new Set([...lines].flatMap(([, names = '']) => names.split(' ')))]
}

/**
 * The first example of a README, by the folder of its package.
 *
 * @type {Readonly<Record<string, (app: string, root: string) => void | Promise<void>>>}
 */
export const FIRST_SUCCESS = {
  core: makesToken,
  server: answersRequests,
  'client-renewer': servesPage,
  cli: explains,
}

/**
 * @param {string} app
 * @param {string} root
 */
function makesToken(app, root) {
  writeFileSync(join(app, 'token.mjs'), codeBlocks('core', 'ts', root)[0] ?? '')
  assert.match(run(process.execPath, ['token.mjs'], app), /^007\S+\n$/)
}

/**
 * @param {string} app
 * @param {string} root
 */
function explains(app, root) {
  makesToken(app, root)
  const token = run(process.execPath, ['token.mjs'], app).trim()
  const program = join(app, 'node_modules', '.bin', 'rtc-token')
  assert.match(
    run(program, [token, '--channel', 'room-42', '--uid', '1234'], app),
    /NO_FAULT_FOUND/,
  )
}

/**
 * @param {string} app
 * @param {string} root
 */
async function answersRequests(app, root) {
  const [example = ''] = codeBlocks('server', 'js', root)
  const port = await freePort()
  // Two of these may run at once.
  writeFileSync(join(app, 'first.mjs'), example.replace('3000', String(port)))
  await serving(app, 'first.mjs', {}, port, (url) => expectToken(`${url}v1/tokens`, app))
}

/**
 * @param {string} app
 * @param {string} root
 */
async function servesPage(app, root) {
  await withPage(app, root, async (url) => {
    const page = await (await fetch(url)).text()
    const scripts = [...page.matchAll(/<script src="([^"]+)"/g)].map(([, src = '']) => src)
    assert.equal(scripts.length, 2)
    for (const src of scripts) assert.equal((await fetch(new URL(src, url))).status, 200, src)
    await expectToken(`${url}v1/tokens`, app)
  })
}

/**
 * Serves the page of the renewer's README while something is done with it.
 *
 * @param {string} app
 * @param {string} root
 * @param {(url: string) => void | Promise<void>} use
 */
export async function withPage(app, root, use) {
  mkdirSync(join(app, 'public'), { recursive: true })
  writeFileSync(
    join(app, 'public', 'index.html'),
    codeBlocks('client-renewer', 'html', root)[0] ?? '',
  )
  writeFileSync(join(app, 'server.mjs'), codeBlocks('client-renewer', 'js', root)[0] ?? '')
  const port = await freePort()
  await serving(app, 'server.mjs', { ...PROJECT, PORT: String(port) }, port, use)
}

/**
 * Runs a program that serves, for as long as something is done with it.
 *
 * @param {string} app
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 * @param {number} port
 * @param {(url: string) => void | Promise<void>} use
 */
async function serving(app, program, env, port, use) {
  const child = spawn(process.execPath, [program], { cwd: app, env: { ...process.env, ...env } })
  let errors = ''
  child.stderr.on('data', (data) => (errors += data))
  try {
    const url = `http://127.0.0.1:${port}/`
    await answering(
      url,
      () => child.exitCode === null,
      () => errors,
    )
    await use(url)
  } finally {
    if (child.exitCode === null) {
      child.kill()
      await once(child, 'exit')
    }
  }
}

/**
 * @param {string} url
 * @param {() => boolean} isRunning
 * @param {() => string} errors
 */
async function answering(url, isRunning, errors) {
  for (let tries = 0; tries < 300 && isRunning(); tries++) {
    if (await fetch(url).catch(() => undefined)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nothing answers at ${url}: ${errors()}`)
}

/**
 * @param {string} url
 * @param {string} app
 */
async function expectToken(url, app) {
  const headers = { 'content-type': 'application/json' }
  const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(WISH) })
  const { token } = await reply.json()
  const fromApp = createRequire(join(app, 'package.json'))
  const path = fromApp.resolve('@rtc-token/core')
  const { verifyToken } = await import(pathToFileURL(path).href)
  const { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate } = PROJECT
  verifyToken(token, { appId, appCertificate, channel: WISH.channel, uid: WISH.uid })
}
