import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { run } from '@rtc-token/release/run'
import { freePort } from './free-port.mjs'

/**
 * A registry on loopback that holds what is published to it, and has the rest from the registry that
 * npm is set up for.
 *
 * @typedef {{ readonly url: string, readonly stop: () => Promise<void> }} Registry
 */

const PATIENCE_MS = 60_000

/**
 * Starts a registry.
 *
 * @param {string} folder where it keeps what it holds
 * @param {readonly string[]} ours names of the packages that come from nowhere else
 * @returns {Promise<Registry>}
 */
export async function startRegistry(folder, ours) {
  mkdirSync(folder, { recursive: true })
  const config = join(folder, 'config.yaml')
  writeFileSync(config, JSON.stringify(configuration(folder, ours)))
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [program(), '--config', config, '--listen', `127.0.0.1:${port}`],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      // It warns of running as root, as containers do.
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    },
  )
  const url = `http://127.0.0.1:${port}/`
  await answers(`${url}-/ping`, child)
  return { url, stop: () => stop(child) }
}

/**
 * @param {string} folder
 * @param {readonly string[]} ours
 */
function configuration(folder, ours) {
  const upstream = run('npm', ['config', 'get', 'registry'], folder).trim()
  const own = { access: '$all', publish: '$all' }
  return {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { upstream: { url: upstream, maxage: '60m', timeout: '60s', max_fails: 20 } },
    packages: {
      ...Object.fromEntries(ours.map((name) => [name, own])),
      '**': { access: '$all', proxy: 'upstream' },
    },
    max_body_size: '50mb',
    web: { enable: false },
    log: { type: 'stdout', level: 'fatal' },
  }
}

function program() {
  const manifest = createRequire(import.meta.url).resolve('verdaccio/package.json')
  return join(dirname(manifest), 'bin', 'verdaccio')
}

/**
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} child
 */
async function answers(url, child) {
  const deadline = Date.now() + PATIENCE_MS
  while (child.exitCode === null && Date.now() < deadline) {
    const reply = await fetch(url).catch(() => undefined)
    if (reply?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill()
  throw new Error('The registry on loopback did not start')
}

/** @param {import('node:child_process').ChildProcess} child */
async function stop(child) {
  if (child.exitCode !== null) return
  child.kill()
  await once(child, 'exit')
}
