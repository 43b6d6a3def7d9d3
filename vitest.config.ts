import { defineConfig } from 'vitest/config'

// Workspace packages are read from their sources: no build before a test.
const source = {
  resolve: { conditions: ['@rtc-token/source', 'node', 'development'] },
  ssr: { resolve: { conditions: ['@rtc-token/source', 'node', 'development'] } },
}

export default defineConfig({
  test: {
    // The browser and the processes that tests start wait more than they work.
    maxWorkers: 3,
    projects: [
      {
        ...source,
        test: {
          name: 'node',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'apps/*/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
        },
      },
      {
        ...source,
        test: {
          name: 'e2e',
          include: ['apps/*/e2e/**/*.e2e.ts'],
          maxConcurrency: 12,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
