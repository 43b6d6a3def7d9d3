import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defaultServerConditions, defineConfig } from 'vite'
import { sitePlugin } from './site/site-plugin.ts'

const SOURCE = '@rtc-token/source'
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: file('web'),
  // The site works in any folder of any host.
  base: './',
  plugins: [sitePlugin()],
  // The packages are read from their sources: no build comes before.
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
  build: {
    outDir: file('dist'),
    emptyOutDir: true,
    // Its helper makes requests, which the site's policy refuses.
    modulePreload: false,
    rolldownOptions: { input: { site: file('web/site.ts'), inspector: file('web/inspector.tsx') } },
  },
  server: { host: 'localhost', port: Number(process.env['PORT'] ?? 5174), hmr: false },
})
