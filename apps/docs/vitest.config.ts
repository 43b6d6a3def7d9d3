import { defineConfig } from 'vitest/config'

/** The tests of the built site, which the test command leaves out: `npx -y pnpm@12 docs:test`. */
export default defineConfig({
  resolve: { conditions: ['@rtc-token/source', 'node', 'development'] },
  ssr: { resolve: { conditions: ['@rtc-token/source', 'node', 'development'] } },
  test: {
    include: ['test/**/*.site.ts'],
    // The files of a guide are TypeScript in a folder of its own, below node_modules.
    server: { deps: { inline: [/\/\.guide-/] } },
    globalSetup: 'test/support/build.ts',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
})
