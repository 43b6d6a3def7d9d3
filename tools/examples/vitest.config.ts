import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const conditions = ['@rtc-token/source', 'node', 'development']

// The pages of the examples in a browser and the app for phones, from copies that are installed; see src/test-examples.mjs.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/*.test.ts'],
    reporters: ['verbose'],
    passWithNoTests: true,
    // They wait more than they work.
    maxWorkers: 2,
    maxConcurrency: 8,
    testTimeout: 240_000,
  },
})
