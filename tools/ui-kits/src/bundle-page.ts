import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { build } from 'vite'

/** Where the page's sources are. */
export const PAGE_ROOT = fileURLToPath(new URL('../page', import.meta.url))

/** Bundles the page with the kit into a folder, as an app would ship it. */
export async function bundlePage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: PAGE_ROOT,
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 5000,
      // The messaging SDK of the kit looks for its global object with it.
      rolldownOptions: { checks: { eval: false } },
    },
  })
}
