import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const conditions = ['@rtc-token/source', 'node', 'development']

// One page in a browser, served from what a newcomer has installed; see src/rehearse.mjs.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ['apps/demo/e2e/script-tag.e2e.ts'], testTimeout: 120_000 },
})
