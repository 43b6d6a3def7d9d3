import { createServer, defaultServerConditions, type Plugin, type Rolldown } from 'vite'
import { contentPolicy } from './html/content-policy.ts'
import { loadSite } from './load-site.ts'
import { serveSite } from './serve-site.ts'
import { type LoadedFiles, type Program, siteFiles } from './site-files.ts'

/** Writes the pages beside the programs that Vite bundles, and serves them while they are written. */
export function sitePlugin(): Plugin {
  return {
    name: 'rtc-token-site',
    configureServer: serveSite,
    async generateBundle(_, bundle) {
      const load = (program: Program): LoadedFiles => builtFiles(bundle, program)
      const files = siteFiles(await siteForBuild(), load, contentPolicy())
      for (const [fileName, source] of files) this.emitFile({ type: 'asset', fileName, source })
    },
  }
}

/** The site, read by a server that lives no longer than that. */
async function siteForBuild() {
  const conditions = ['@rtc-token/source', ...defaultServerConditions]
  const server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'warn',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    ssr: { resolve: { conditions } },
    optimizeDeps: { noDiscovery: true },
  })
  try {
    return await loadSite(server)
  } finally {
    await server.close()
  }
}

function builtFiles(bundle: Rolldown.OutputBundle, program: Program): LoadedFiles {
  const chunk = Object.values(bundle).find((it) => it.type === 'chunk' && it.name === program)
  if (chunk?.type !== 'chunk') throw new Error(`Vite made no ${program}`)
  return { programs: [chunk.fileName], styles: [...(chunk.viteMetadata?.importedCss ?? [])] }
}
