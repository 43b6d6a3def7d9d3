import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { createTokenHandler, unsafeAllowEveryone } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import { SignJWT } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { ROOT } from '../site/repository.ts'
import { folderOf } from './support/guide-folder.ts'

// The files of "Hosts" and of "CommonJS", as a reader copies and runs them.

const env = {
  NODE_ENV: 'development',
  AGORA_APP_ID: '970CA35de60c44645bbae8a215061b33',
  AGORA_APP_CERTIFICATE: '5CFd2fd1755d40ecb72977518be15d3b',
  JWT_SECRET: 'a-secret-of-32-characters-or-more',
}
Object.assign(process.env, env)
const hosts = folderOf('docs/hosts.md')
const bundlers = folderOf('docs/bundlers.md')
afterAll(() => {
  hosts.remove()
  bundlers.remove()
})

const Koa = createRequire(join(ROOT, 'packages/server/package.json'))('koa')
const post = { method: 'POST', headers: { 'content-type': 'application/json' } }
const body = JSON.stringify({ channel: 'team-7', uid: 7, role: 'publisher' })

describe('Koa with a body parser in front', () => {
  const errors: unknown[] = []
  const project = { appId: env.AGORA_APP_ID, appCertificate: env.AGORA_APP_CERTIFICATE }
  const onError = (error: unknown) => void errors.push(error)
  const handler = createTokenHandler({ project, onError, ...unsafeAllowEveryone() })

  /** Asks an app whose parser keeps the body where Koa's parsers keep it. */
  async function ask(tokens: unknown): Promise<Response> {
    const app = new Koa()
    app.use(
      async (context: { req: NodeJS.ReadableStream; request: object }, next: () => unknown) => {
        Object.assign(context.request, { body: await json(context.req) })
        await next()
      },
    )
    const server = createServer(app.use(tokens).callback()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/tokens`
    return fetch(url, { ...post, body }).finally(() => server.close())
  }

  it('gives tokens', async () => {
    const { tokensAfterParser } = await hosts.load('koa-after-parser.ts')
    expect(await (await ask(tokensAfterParser(handler))).json()).toMatchObject({ uid: 7 })
  })

  it('gives none without the line that hands the body on', async () => {
    const listener = toNodeListener(handler)
    const reply = await ask((context: { req: never; res: never; respond: boolean }) => {
      context.respond = false
      return listener(context.req, context.res)
    })
    expect(await reply.json()).toMatchObject({ code: 'internal_error' })
    expect(String(errors)).toContain('The body was already read, and req.body is not set')
  })
})

it('Vercel gets a function that knows the user', async () => {
  const { POST } = await hosts.load('api/v1/tokens.ts')
  const ask = (headers: Record<string, string>) =>
    POST(new Request('https://my.app/api/v1/tokens', { ...post, headers, body }))
  const json = { 'content-type': 'application/json' }
  expect((await ask(json)).status).toBe(401)
  const jwt = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('alice')
    .setIssuer('my-app')
    .setAudience('rtc-token')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(env.JWT_SECRET))
  const signedIn = await ask({ ...json, authorization: `Bearer ${jwt}` })
  expect(await signedIn.json()).toMatchObject({ code: 'identity_forbidden' })
})

it('CommonJS reads the packages with require', async () => {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  await once(free.close(), 'close')
  const options = { cwd: bundlers.path, env: { ...process.env, PORT: String(port) } }
  const server = spawn(process.execPath, ['server.cjs'], options)
  const url = `http://127.0.0.1:${port}/v1/tokens`
  const status = () =>
    fetch(url, { ...post, body }).then(
      (reply) => reply.status,
      () => 0,
    )
  await expect.poll(status, { timeout: 20_000 }).toBe(200)
  server.kill()
})
