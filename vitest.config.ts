import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Workspace packages are read from their sources: no build before a test, nor before a global set-up, which
// vitest runs in an environment of its own.
const conditions = ['@rtc-token/source', 'node', 'development']
const source = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  environments: { __vitest__: { resolve: { conditions } } },
}

// For what hangs. A machine that is slow, or busy with other things, is no failure.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

const REACT_18 = fileURLToPath(new URL('tools/react-18/node_modules', import.meta.url))

export default defineConfig({
  test: {
    // The browser and the processes that tests start wait more than they work.
    maxWorkers: 3,
    projects: [
      {
        ...source,
        test: {
          ...patience,
          name: 'node',
          sequence: { groupOrder: 0 },
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'apps/*/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', 'packages/cli/test/**'],
        },
      },
      {
        // The built program, as users run it.
        ...source,
        test: {
          ...patience,
          name: 'cli',
          sequence: { groupOrder: 0 },
          include: ['packages/cli/test/**/*.test.ts'],
          globalSetup: 'packages/cli/test/support/build.ts',
        },
      },
      {
        // The hooks over the oldest React that they support.
        resolve: {
          ...source.resolve,
          alias: [{ find: /^(react(?:-dom)?)(?=\/|$)/, replacement: `${REACT_18}/$1` }],
        },
        ssr: source.ssr,
        test: {
          ...patience,
          name: 'react-18',
          sequence: { groupOrder: 0 },
          include: ['packages/client-renewer/test/react*.test.ts'],
        },
      },
      {
        ...source,
        test: {
          ...patience,
          name: 'e2e',
          include: ['apps/*/e2e/**/*.e2e.ts'],
          globalSetup: 'apps/demo/e2e/support/prepare.ts',
          // After all else, and a few pages at once: tokens of seconds bear no crowd.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          maxConcurrency: 6,
          testTimeout: 240_000,
        },
      },
    ],
  },
})
