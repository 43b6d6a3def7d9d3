import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

/** A folder on loopback. */
export interface ServedFolder {
  /** Ends with a slash. */
  readonly address: string
  readonly close: () => Promise<void>
}

/** Serves a folder as GitHub Pages does: below a path, and a page also without its ending. */
export async function serveFolder(folder: string, base = '/rtc-token/'): Promise<ServedFolder> {
  const server = createServer((request, response) => {
    const file = fileOf(folder, base, request.url ?? '/')
    if (file === undefined) return response.writeHead(404).end()
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    return createReadStream(file).pipe(response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}${base}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function fileOf(folder: string, base: string, url: string): string | undefined {
  const { pathname } = new URL(url, 'http://localhost')
  if (!pathname.startsWith(base)) return undefined
  const path = normalize(decodeURI(pathname.slice(base.length)))
  const candidates = [path, `${path}.html`, join(path, 'index.html')]
  return candidates
    .map((candidate) => join(folder, candidate))
    .find((file) => extname(file) !== '' && existsSync(file))
}
