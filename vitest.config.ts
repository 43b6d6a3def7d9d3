import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { Progress } from './tools/tests/progress.ts'

// Workspace packages are read from their sources: no build before a test, nor before a global set-up, which
// vitest runs in an environment of its own.
const conditions = ['@rtc-token/source', 'node', 'development']
const source = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  environments: { __vitest__: { resolve: { conditions } } },
}

// For what hangs. A machine that is slow, or busy with other things, is no failure.
const patience = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 50_000, interval: 20 } },
}

const REACT_18 = fileURLToPath(new URL('tools/react-18/node_modules', import.meta.url))

// Tests that start processes, and wait for them more than they work.
const PROCESSES = [
  'packages/core/test/runtimes.test.ts',
  'packages/client-renewer/test/imports.test.ts',
  'packages/server/test/{redis,standalone}/**/*.test.ts',
  'packages/server/test/hosts/runtimes.test.ts',
  'tools/{rehearsal,release,runtimes}/**/*.test.ts',
]
// Tests that change what all files of a process share: they make a page of it, with an SDK in it.
const PAGES = ['packages/client-renewer/test/react*.test.ts', 'tools/agora-sdks/test/*.test.ts']

// Random tests make a tenth of their runs, others each time; `--mode long` makes them all.
export default defineConfig(({ mode }) => {
  const { RANDOM_SHARE = mode === 'long' ? '1' : '0.1' } = process.env
  const { RANDOM_SEED = String(Date.now() % 2 ** 31) } = process.env
  return {
    test: {
      env: { RANDOM_SHARE, RANDOM_SEED },
      reporters: process.stdout.isTTY ? ['default'] : [new Progress(`RANDOM_SEED=${RANDOM_SEED}`)],
      projects: [
        {
          // Files share a process, and the modules in it.
          ...source,
          test: {
            ...patience,
            name: 'node',
            isolate: false,
            maxWorkers: Math.max(2, availableParallelism()),
            globalSetup: 'tools/tests/give-way.ts',
            setupFiles: 'tools/tests/leave-nothing.ts',
            include: [
              'packages/*/{src,test}/**/*.test.ts',
              'apps/*/**/*.test.ts',
              'tools/**/*.test.ts',
            ],
            exclude: [
              '**/node_modules/**',
              'packages/cli/test/**',
              // Of `test:examples`.
              'tools/examples/test/**',
              ...PROCESSES,
              ...PAGES,
            ],
          },
        },
        {
          ...source,
          test: {
            ...patience,
            name: 'processes',
            isolate: false,
            maxWorkers: 4,
            sequence: { groupOrder: 1 },
            globalSetup: [
              'tools/tests/give-way.ts',
              'packages/server/test/standalone/support/compile-server.ts',
            ],
            include: PROCESSES,
          },
        },
        {
          // A process for each file.
          ...source,
          test: {
            ...patience,
            name: 'pages',
            maxWorkers: 4,
            sequence: { groupOrder: 1 },
            include: PAGES,
          },
        },
        {
          // The built program, as users run it.
          ...source,
          test: {
            ...patience,
            name: 'cli',
            isolate: false,
            maxWorkers: 4,
            sequence: { groupOrder: 1 },
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
            maxWorkers: 4,
            sequence: { groupOrder: 1 },
            include: ['packages/client-renewer/test/react*.test.ts'],
          },
        },
        {
          ...source,
          test: {
            ...patience,
            ...patience,
            name: 'e2e',
            include: ['apps/*/e2e/**/*.e2e.ts'],
            globalSetup: 'apps/demo/e2e/support/prepare.ts',
            setupFiles: 'apps/demo/e2e/support/first-join.ts',
            isolate: false,
            // Lanes: they wait for the ends of tokens, and open their pages one after the other.
            maxWorkers: 4,
            maxConcurrency: 4,
            sequence: { groupOrder: 2 },
            testTimeout: 240_000,
            hookTimeout: 240_000,
          },
        },
      ],
    },
  }
})
