import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { decodeToken } from '@rtc-token/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { build } from 'vite'
import { read } from '../site/repository.ts'
import { codeBlocks } from './support/code-blocks.ts'

// The files of "Start in five minutes", as a reader copies and runs them.

const blocks = codeBlocks('docs/start.md', read('docs/start.md'))
const files = new Map(blocks.map(({ title, code }) => [title, code]))
const folder = mkdtempSync(join(import.meta.dirname, '../node_modules/.start-'))
for (const [title, code] of files) {
  if (title === undefined) continue
  mkdirSync(dirname(join(folder, title)), { recursive: true })
  writeFileSync(join(folder, title), code)
}
const env = {
  ...process.env,
  NODE_ENV: 'development',
  AGORA_APP_ID: '970CA35de60c44645bbae8a215061b33',
  AGORA_APP_CERTIFICATE: '5CFd2fd1755d40ecb72977518be15d3b',
  JWT_SECRET: 'a-secret-of-32-characters-or-more',
}

let started: ChildProcess | undefined

afterEach(() => void started?.kill())
afterAll(() => rmSync(folder, { recursive: true }))

async function start(file: string): Promise<string> {
  const port = await freePort()
  started = spawn(process.execPath, [file], {
    cwd: folder,
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const address = `http://127.0.0.1:${port}/v1/tokens`
  await expect
    .poll(
      () =>
        fetch(address).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
  return address
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

function post(address: string, body: object, jwt?: string): Promise<Response> {
  const authorization = jwt === undefined ? {} : { authorization: `Bearer ${jwt}` }
  return fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify(body),
  })
}

const makeJwt = () =>
  execFileSync(process.execPath, ['jwt.mjs'], { cwd: folder, env, encoding: 'utf8' }).trim()

describe('Start in five minutes', () => {
  it('shows an endpoint that answers anyone', async () => {
    const address = await start('first.mjs')
    const reply = await post(address, { channel: 'room-42', uid: 1234, role: 'publisher' })
    const { token, renewIn } = await reply.json()
    expect(decodeToken(token)).toMatchObject({ appId: env.AGORA_APP_ID })
    expect(renewIn).toBeGreaterThan(0)
  })

  it.each(['server.mjs', 'express.mjs'])('shows an endpoint for users: %s', async (file) => {
    const address = await start(file)
    expect((await post(address, { channel: 'team-7' })).status).toBe(401)
    const jwt = makeJwt()
    const granted = await post(address, { channel: 'team-7', role: 'publisher' }, jwt)
    expect(await granted.json()).toMatchObject({ account: 'alice', expiresIn: 1800 })
    const refused = await post(address, { channel: 'room-42' }, jwt)
    expect(await refused.json()).toMatchObject({ status: 403, code: 'channel_forbidden' })
  })

  it('shows rules that look at the claims of the JWT', async () => {
    const address = await start('server.mjs')
    const reply = await post(address, { channel: 'stage', role: 'publisher' }, makeJwt())
    expect(reply.status).toBe(200)
  })

  it.each(['app/v1/tokens/route.ts', 'worker.ts'])(
    'shows a host without a port: %s',
    async (file) => {
      const module = await bundled(file)
      const answer: (request: Request) => Promise<Response> = module.POST ?? module.default.fetch
      const ask = { method: 'POST', headers: { 'content-type': 'application/json' } }
      const body = JSON.stringify({ channel: 'team-7', role: 'publisher' })
      const url = 'http://localhost/v1/tokens'
      expect((await answer(new Request(url, { ...ask, body }))).status).toBe(401)
      const headers = { ...ask.headers, authorization: `Bearer ${makeJwt()}` }
      const granted = await answer(new Request(url, { ...ask, headers, body }))
      expect(await granted.json()).toMatchObject({ account: 'alice' })
    },
  )

  it('shows the layout that Next.js needs around its page', async () => {
    const { default: layout } = await bundled('app/layout.tsx')
    const html = renderToStaticMarkup(createElement(layout, null, 'the page'))
    expect(html).toMatch(/^<html.*<body>the page<\/body><\/html>$/)
  })

  it('shows a page that Vite builds', async () => {
    const result = await build({
      root: folder,
      configFile: join(folder, 'vite.config.js'),
      logLevel: 'error',
      build: { write: false, rolldownOptions: { input: join(folder, 'index.html') } },
    })
    const output = [result].flat().flatMap((part) => ('output' in part ? part.output : []))
    expect(output.some((part) => part.type === 'chunk' && part.code.includes('/v1/tokens'))).toBe(
      true,
    )
  })
})

/** A module for another host, with what that host provides. */
async function bundled(file: string) {
  Object.assign(process.env, env)
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { 'cloudflare:workers': join(folder, 'workers.mjs') } },
    build: { write: false, ssr: join(folder, file), rolldownOptions: { output: { format: 'es' } } },
  })
  const [chunk] = Array.isArray(result) ? [] : 'output' in result ? result.output : []
  const path = join(folder, `${file.replaceAll('/', '-')}.mjs`)
  writeFileSync(path, chunk?.type === 'chunk' ? chunk.code : '')
  return import(/* @vite-ignore */ path)
}

writeFileSync(join(folder, 'workers.mjs'), 'export const env = process.env\n')
