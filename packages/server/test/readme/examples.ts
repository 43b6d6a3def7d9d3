import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { build, type Plugin } from 'vite'

const README = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8')

// What the examples say that an application has already.
const APP = `
const seats = new Map([['alice', { speaks: true }]])
export const sessions = { userOf: (header) => (header === 'Bearer alice' ? { id: 'alice' } : null) }
export const rooms = { seat: async (channel, id) => (channel === 'room-42' ? seats.get(id) : undefined) }
`

/** A block of code of the README: the only one that has this text. */
export function exampleWith(text: string): string {
  const blocks = [...README.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
  const found = blocks.filter((code) => code.includes(text))
  if (found.length === 1) return found[0]!
  throw new Error(`one example with ${text} expected in the README, got ${found.length}`)
}

/** How an example is put together with what it needs. */
export interface Bundling {
  /** The text of `handler.ts`. */
  readonly handler?: string
  /** For workers: everything is bundled, and Node is not there. */
  readonly isWorker?: boolean
}

/** Bundles an example as its reader would, with the packages as they are here; gives the code. */
export async function bundled(
  example: string,
  { handler = exampleWith('// handler.ts'), isWorker = false }: Bundling = {},
): Promise<string> {
  const platform = isWorker ? ['workerd', 'worker', 'browser'] : ['node']
  const conditions = ['@rtc-token/source', ...platform]
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    root: import.meta.dirname,
    plugins: [files({ 'example.ts': example, 'handler.ts': handler, 'app.ts': APP })],
    resolve: { conditions },
    ssr: {
      target: isWorker ? 'webworker' : 'node',
      noExternal: isWorker ? true : [/^@rtc-token\//],
      resolve: { conditions },
    },
    build: {
      ssr: resolve(import.meta.dirname, 'example.ts'),
      target: 'es2022',
      write: false,
      minify: false,
      rollupOptions: {
        external: ['cloudflare:workers'],
        output: { codeSplitting: false },
      },
    },
  })
  const outputs = 'output' in result ? result.output : []
  return outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('')
}

function files(texts: Readonly<Record<string, string>>): Plugin {
  const folder = `${import.meta.dirname}/`
  return {
    name: 'files-of-the-example',
    enforce: 'pre',
    resolveId(id) {
      const name = id.replace(folder, '').replace(/^(?:\.\/|@\/)/, '')
      const file = name === 'handler' ? 'handler.ts' : name
      return file in texts ? folder + file : undefined
    },
    load(id) {
      return id.startsWith(folder) ? texts[id.slice(folder.length)] : undefined
    },
  }
}
