import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { PEERS } from './peers.ts'

const PACKAGE = fileURLToPath(new URL('../../..', import.meta.url))
const CONDITIONS = ['@rtc-token/source', 'module', 'node']

/** Where the tests have it: beside them, what is published may be packed at the same time. */
export const COMPILED: string = join(PACKAGE, 'node_modules', '.compiled')

/** Compiles the server once before the tests that start it: Node 20 does not read TypeScript by itself. */
export async function setup(): Promise<void> {
  const { build } = await import('vite')
  await build({
    configFile: false,
    logLevel: 'silent',
    root: PACKAGE,
    resolve: { conditions: CONDITIONS },
    ssr: { noExternal: true, external: [...PEERS], resolve: { conditions: CONDITIONS } },
    build: {
      ssr: true,
      outDir: COMPILED,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: {
          'standalone/main': join(PACKAGE, 'src/standalone/main.ts'),
          index: join(PACKAGE, 'src/index.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'standalone/[name]-[hash].js' },
      },
    },
  })
}
