import { join } from 'node:path'
import { build } from 'vite'

// As a build for production has them: Vite takes the mode from NODE_ENV, which is that of the test.
const FOR_PAGES = ['module', 'browser', 'production']
const PROGRAM = 'program.js'
const TEST = join(import.meta.dirname, '..')

/** How a program is bundled. */
export interface BundleOptions {
  /** Conditions of `exports` beside those for a client. */
  readonly conditions?: readonly string[]
  /** `iife` has its exports in a variable `program`. Default `es`. */
  readonly format?: 'es' | 'iife'
  readonly target?: string
}

/** Bundles a program as Vite does for browsers, minified, and returns its text. */
export async function bundle(source: string, options: BundleOptions = {}): Promise<string> {
  const { conditions = FOR_PAGES, format = 'es', target = 'es2022' } = options
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@rtc-token/source', ...conditions] },
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === PROGRAM ? join(TEST, PROGRAM) : undefined),
        load: (id) => (id.endsWith(PROGRAM) ? source : undefined),
      },
    ],
    build: {
      write: false,
      target,
      modulePreload: false,
      rolldownOptions: {
        input: PROGRAM,
        preserveEntrySignatures: 'strict',
        output: { format, ...(format === 'iife' && { name: 'program' }) },
      },
    },
  })
  const outputs = 'output' in result ? result.output : []
  return outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('')
}
