import type { Plugin, PreviewServer, ViteDevServer } from 'vite'
import type { Demo } from './demo.ts'

/** Puts a demo behind the page that a server of Vite's serves: all three have one origin. */
export function mountOn(
  { middlewares, httpServer }: ViteDevServer | PreviewServer,
  demo: Demo,
): void {
  middlewares.use(demo.handle)
  httpServer?.on('upgrade', demo.upgrade)
  httpServer?.on('close', () => void demo.close())
}

/** The demo as a plugin of Vite's development server. */
export function mountDemo(load: (server: ViteDevServer) => Promise<Demo>): Plugin {
  return {
    name: 'rtc-token-demo',
    configureServer: async (server) => mountOn(server, await load(server)),
  }
}
