import type { Plugin, ViteDevServer } from 'vite'
import type { Demo } from './demo.ts'

/** The demo as a plugin of Vite's development server, behind the page that it serves: all have one origin. */
export function mountDemo(load: (server: ViteDevServer) => Promise<Demo>): Plugin {
  return {
    name: 'rtc-token-demo',
    async configureServer(server) {
      const demo = await load(server)
      server.middlewares.use(demo.handle)
      server.httpServer?.on('upgrade', demo.upgrade)
      server.httpServer?.on('close', () => void demo.close())
    },
  }
}
