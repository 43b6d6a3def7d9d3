import { build } from 'vite'

const PROGRAM = 'program.ts'

/** Bundles the text of a program for Node, with all it imports, into one ES module. */
export async function bundleProgram(source: string): Promise<string> {
  const conditions = ['@rtc-token/source', 'node']
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions },
    ssr: { noExternal: true, resolve: { conditions } },
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === PROGRAM ? `\0${PROGRAM}` : undefined),
        load: (id) => (id === `\0${PROGRAM}` ? source : undefined),
      },
    ],
    build: { ssr: true, write: false, rolldownOptions: { input: PROGRAM } },
  })
  const outputs = 'output' in result ? result.output : []
  return outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('')
}
