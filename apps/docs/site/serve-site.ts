import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import type { ViteDevServer } from 'vite'
import { contentPolicy } from './html/content-policy.ts'
import { loadSite } from './load-site.ts'
import { type LoadedFiles, type Program, siteFiles } from './site-files.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.yaml': 'text/plain; charset=utf-8',
}
const SOURCES: Readonly<Record<Program, string>> = { site: 'site.ts', inspector: 'inspector.tsx' }

type Files = ReadonlyMap<string, string | Uint8Array>

/** Answers with the pages as they are now; a change of a document shows when the page is loaded again. */
export function serveSite(server: ViteDevServer): void {
  let files: Promise<Files> | undefined
  const { root } = server.config
  server.watcher.add(
    ['../site', '../../../docs', '../../../packages/*/README.md'].map((path) => `${root}/${path}`),
  )
  server.watcher.on('change', () => (files = undefined))
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    files ??= filesNow(server)
    const path = pathOf(request.url)
    const body = (await files).get(path)
    if (body === undefined) return false
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream')
    response.end(body)
    return true
  }
  server.middlewares.use((request, response, next) => {
    answer(request, response).then((isAnswered) => isAnswered || next(), next) // oxlint-disable-line promise/no-callback-in-promise -- Connect's way
  })
}

async function filesNow(server: ViteDevServer): Promise<Files> {
  return siteFiles(await loadSite(server), sourceOf, contentPolicy(true))
}

function sourceOf(program: Program): LoadedFiles {
  return { programs: [SOURCES[program]], styles: [] }
}

/** The path of the file that an address stands for. */
function pathOf(url = '/'): string {
  const path = decodeURI(url.replace(/[?#].*$/, '')).slice(1)
  if (path === '' || path.endsWith('/')) return `${path}index.html`
  return extname(path) === '' ? `${path}.html` : path
}
