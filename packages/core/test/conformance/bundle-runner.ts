import { join } from 'node:path'
import { build } from 'vite'

// The conditions that the bundlers of these runtimes set, and no others: Node's own, Wrangler's for
// workerd, Vite's for browsers. Vite adds `import` and `default` itself.
const CONDITIONS = {
  node: ['node'],
  workerd: ['workerd', 'worker', 'browser'],
  browser: ['module', 'browser', 'production'],
} as const satisfies Record<string, readonly string[]>

/** Bundles a runner with all it needs into one ES module, as an app on that runtime is bundled. */
export async function bundleRunner(runtime: keyof typeof CONDITIONS): Promise<string> {
  const conditions = ['@rtc-token/source', ...CONDITIONS[runtime]]
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions },
    ssr: {
      target: runtime === 'node' ? 'node' : 'webworker',
      noExternal: true,
      resolve: { conditions },
    },
    build: {
      ssr: join(import.meta.dirname, `run-${runtime}.ts`),
      target: 'es2022',
      write: false,
      minify: false,
    },
  })
  const outputs = 'output' in result ? result.output : []
  return outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('')
}
