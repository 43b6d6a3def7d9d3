import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url))

/** The renewer as its source is now: bundled by Vite and loaded. */
export async function loadRenewer() {
  const folder = await mkdtemp(join(tmpdir(), 'herd-'))
  try {
    const entry = join(folder, 'entry.ts')
    const names = ['errors', 'timing/renewal-delay', 'renewer', 'timing/retry-delay']
    await writeFile(entry, names.map((it) => `export * from '${SOURCE}${it}.ts'\n`).join(''))
    await build({
      configFile: false,
      logLevel: 'silent',
      root: fileURLToPath(new URL('../..', import.meta.url)),
      resolve: { conditions: ['@rtc-token/source'] },
      build: {
        outDir: folder,
        minify: false,
        lib: { entry, formats: ['es'], fileName: 'renewer' },
      },
    })
    return await import(pathToFileURL(join(folder, 'renewer.js')).href)
  } finally {
    await rm(folder, { recursive: true })
  }
}
