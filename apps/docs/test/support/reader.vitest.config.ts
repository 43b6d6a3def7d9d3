import { defineConfig } from 'vitest/config'

const conditions = ['@rtc-token/source', 'node', 'development']

/** What a reader's own project needs no setting for: the packages come from their sources, the folder is below node_modules. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['*.test.ts'],
    exclude: [],
    server: { deps: { inline: [/\/\.guide-/, /@rtc-token/] } },
    maxWorkers: 1,
  },
})
