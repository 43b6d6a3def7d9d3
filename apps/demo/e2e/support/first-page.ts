import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createTokenHandler, unsafeAllowEveryone } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import { build } from 'vite'
import { onTestFinished } from 'vitest'

const RENEWER = join(import.meta.dirname, '../../../../packages/client-renewer')
const SDK = dirname(createRequire(import.meta.url).resolve('agora-rtc-sdk-ng'))

/** The project that the examples of the READMEs are written with. */
export const FIRST_PROJECT = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
} as const

/** Serves the page as the server of the README does, from the sources. Returns its address. */
export async function serveFirstPage(): Promise<string> {
  const open = unsafeAllowEveryone({ warn: () => undefined })
  const handler = createTokenHandler({ project: FIRST_PROJECT, ...open })
  const files = new Map([
    ['/', ['text/html', pageOfReadme()]],
    ['/rtc-token/rtc-token.js', ['text/javascript', await scriptForTags()]],
    ['/agora/AgoraRTC_N-production.js', ['text/javascript', read(SDK, 'AgoraRTC_N-production.js')]],
  ])
  const listener = toNodeListener(handler)
  const server = createServer((request, response) => {
    const [type, text] = files.get(request.url ?? '') ?? []
    if (type === undefined) void listener(request, response)
    else response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(text)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => server.close().closeAllConnections())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP port expected')
  return `http://127.0.0.1:${address.port}/`
}

function pageOfReadme(): string {
  const [, page] = /^```html\n([^]*?)^```/m.exec(read(RENEWER, 'README.md')) ?? []
  if (page === undefined) throw new Error('The README of client-renewer has no page')
  return page
}

/** What `dist/browser/rtc-token.js` will be. */
async function scriptForTags(): Promise<string> {
  const configFile = join(RENEWER, 'vite.config.ts')
  const result = await build({
    root: RENEWER,
    configFile,
    logLevel: 'error',
    build: { write: false },
  })
  const [output] = Array.isArray(result) ? result.flatMap((part) => part.output) : []
  if (output?.type !== 'chunk') throw new Error('one script expected')
  return output.code
}

function read(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8')
}
