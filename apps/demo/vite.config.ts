import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defaultServerConditions, defineConfig } from 'vite'
import type { demoFromEnv } from './server/demo.ts'
import { mountDemo } from './server/mount-demo.ts'

const SOURCE = '@rtc-token/source'
const DEMO = fileURLToPath(new URL('server/demo.ts', import.meta.url))

export default defineConfig({
  root: fileURLToPath(new URL('web', import.meta.url)),
  plugins: [
    mountDemo(async (server) => {
      // Through Vite, so that the packages are read from their sources and need no build.
      const module = await server.ssrLoadModule(DEMO)
      const create: typeof demoFromEnv = module['demoFromEnv']
      return create(process.env)
    }),
  ],
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
  optimizeDeps: { include: ['agora-rtc-sdk-ng'] },
  server: { port: Number(process.env['PORT'] ?? 5173), host: 'localhost' },
})
