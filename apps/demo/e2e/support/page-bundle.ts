import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, defaultClientConditions } from 'vite'

const PAGE_ROOT = fileURLToPath(new URL('../../web', import.meta.url))

/** The page as an app would ship it. */
export interface Bundle {
  readonly outDir: string
}

/** Bundles the page, once for all scenes; `remove` deletes it. */
export async function bundlePage(): Promise<Bundle & { readonly remove: () => Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'rtc-token-page-'))
  const { NODE_ENV } = process.env
  // Vitest's own value makes it a page for development, with a React that takes twice the processor time.
  process.env['NODE_ENV'] = 'production'
  await build({
    configFile: false,
    root: PAGE_ROOT,
    logLevel: 'warn',
    plugins: [react()],
    // The renewer's words are in its part for development.
    resolve: { conditions: ['@rtc-token/source', 'development', ...defaultClientConditions] },
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 5000 },
  }).finally(() => (process.env['NODE_ENV'] = NODE_ENV))
  return { outDir, remove: () => rm(outDir, { recursive: true }) }
}
