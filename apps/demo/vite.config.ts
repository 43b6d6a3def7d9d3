import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defaultServerConditions, defineConfig } from 'vite'
import type { demoFromEnv } from './server/demo.ts'
import { mountDemo } from './server/mount-demo.ts'

const SOURCE = '@rtc-token/source'
const DEMO = fileURLToPath(new URL('server/demo.ts', import.meta.url))

export default defineConfig({
  root: fileURLToPath(new URL('web', import.meta.url)),
  plugins: [
    react(),
    mountDemo(async (server) => {
      // Through Vite, so that the packages are read from their sources and need no build.
      const module = await server.ssrLoadModule(DEMO)
      const create: typeof demoFromEnv = module['demoFromEnv']
      return orExplain(() => create(process.env))
    }),
  ],
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
  optimizeDeps: { include: ['agora-rtc-sdk-ng', 'react-dom/client'] },
  server: {
    host: 'localhost',
    port: Number(process.env['PORT'] ?? 5173),
    // A port that was asked for is not quietly replaced by another.
    strictPort: process.env['PORT'] !== undefined,
  },
})

/** Ends with what a person can act on, and no stack, when the environment names no good project. */
function orExplain<T>(start: () => T): T {
  try {
    return start()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const remedy =
      'Copy both values from the Agora console, or set neither to use the stand-in on this machine.'
    process.stderr.write(`\n${message}.\n${remedy}\n\n`)
    return process.exit(1)
  }
}
