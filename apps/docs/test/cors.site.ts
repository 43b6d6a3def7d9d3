import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { launchChromium } from '@rtc-token/chromium'
import { type CorsOptions, createTokenHandler, unsafeAllowEveryone } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { read } from '../site/repository.ts'

// What Chromium prints when it meets each fault of "CORS errors", and that nothing is printed after the cure.

const [PAGE, TOKENS] = ['https://app.example', 'https://tokens.example']
const texts = [...read('docs/cors.md').matchAll(/```text\n(.+)\n```/g)].map(([, text]) => text)
const servers: Server[] = []
let browser: Browser
let page: string

beforeAll(async () => {
  browser = await launchChromium()
  page = await serve((_, response) => void response.end('<!doctype html><title>A page</title>'))
})

afterAll(async () => {
  await browser?.close()
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The endpoint, as the page that asks may use it. */
function tokens(cors?: Omit<CorsOptions, 'origins'>): RequestListener {
  const handler = createTokenHandler({
    project: {
      appId: '970CA35de60c44645bbae8a215061b33',
      appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
    },
    ...unsafeAllowEveryone(),
    ...(cors && { cors: { origins: [page], ...cors } }),
  })
  const listener = toNodeListener(handler)
  return (request, response) => void listener(request, response)
}

/** Something in front of the endpoint that answers some requests in its place. */
function behind(method: string, answer: (response: ServerResponse) => unknown): RequestListener {
  const listener = tokens({})
  return (request, response) =>
    request.method === method ? answer(response) : listener(request, response)
}

/** What the browser prints when the page asks for a token, with the addresses that the guide has. */
async function printed(
  listener: RequestListener,
  init: RequestInit = {},
): Promise<readonly string[]> {
  const address = await serve(listener)
  const tab = await browser.newPage()
  const lines: string[] = []
  tab.on('console', (message) => lines.push(message.text()))
  await tab.goto(page)
  const headers = { 'content-type': 'application/json', ...(init.headers as object) }
  const body = JSON.stringify({ channel: 'a', uid: 7 })
  const request = { method: 'POST', ...init, headers, body }
  await tab.evaluate(([url, options]) => fetch(url, options).catch(() => {}), [
    `${address}/v1/tokens`,
    request,
  ] as const)
  await tab.close()
  return lines.map((line) => line.replaceAll(address, TOKENS).replaceAll(page, PAGE))
}

interface Case {
  readonly when: string
  readonly text: RegExp
  readonly listener: () => RequestListener
  readonly init?: RequestInit
}

describe('each text of the guide', () => {
  const used = new Set<string | undefined>()
  it.each<Case>([
    { when: 'without the option', text: /check: No 'Access/, listener: () => tokens() },
    {
      when: 'when a proxy answers',
      text: /policy: No 'Access/,
      listener: () => behind('POST', (response) => response.writeHead(502).end()),
    },
    {
      when: 'with another header',
      text: /apikey/,
      listener: () => tokens({}),
      init: { headers: { apikey: 'x' } },
    },
    {
      when: 'with cookies',
      text: /Credentials/,
      listener: () => tokens({}),
      init: { credentials: 'include' },
    },
    {
      when: 'when a proxy sets the header too',
      text: /multiple values/,
      listener: () =>
        behind('POST', (response) =>
          response.writeHead(200, { 'access-control-allow-origin': `${page}, *` }).end('{}'),
        ),
    },
    {
      when: 'when the URL leads elsewhere',
      text: /Redirect/,
      listener: () =>
        behind('OPTIONS', (response) => response.writeHead(308, { location: page }).end()),
    },
    {
      when: 'when OPTIONS is refused',
      text: /ok status/,
      listener: () =>
        behind('OPTIONS', (response) =>
          response.writeHead(401, { 'access-control-allow-origin': page }).end(),
        ),
    },
  ])('is what Chromium prints $when', async ({ text, listener, init }) => {
    const said = texts.find((line) => text.test(line ?? ''))
    used.add(said)
    expect((await printed(listener(), init)).join('\n')).toContain(said)
  })

  it('has a case', () => expect(used).toEqual(new Set(texts)))
})

describe('after the cure', () => {
  it.each<[string, Omit<CorsOptions, 'origins'>, RequestInit]>([
    ['of a missing option', {}, {}],
    ['of another header', { allowHeaders: ['apikey'] }, { headers: { apikey: 'x' } }],
    ['of cookies', { credentials: true }, { credentials: 'include' }],
  ])('%s, nothing is printed', async (_, cors, init) => {
    expect(await printed(tokens(cors), init)).toEqual([])
  })
})
