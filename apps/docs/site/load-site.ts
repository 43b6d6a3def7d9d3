import { fileURLToPath } from 'node:url'
import type { ViteDevServer } from 'vite'
import type { createSite, Site } from './create-site.ts'

const FILE = fileURLToPath(new URL('create-site.ts', import.meta.url))

/** Reads the site through Vite, so that the packages are read from their sources and need no build. */
export async function loadSite(server: ViteDevServer): Promise<Site> {
  const module = await server.ssrLoadModule(FILE)
  const create: typeof createSite = module['createSite']
  return create()
}
