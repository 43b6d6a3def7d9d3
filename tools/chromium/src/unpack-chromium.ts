import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

/** A Chromium that can be started, and the environment it needs. */
export interface FoundChromium {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

// The package's own unpacking goes to one place under /tmp that all users share, and runs any file that
// lies there already. This one goes beside the package, and appears there whole or not at all.

/** Unpacks the Chromium that `@sparticuz/chromium` ships, once; takes some seconds. */
export async function unpackChromium(): Promise<FoundChromium> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const packed = join(dirname(entry), '..')
  const folder = join(packed, 'unpacked')
  if (!existsSync(folder)) await unpackAtomically(join(packed, 'bin'), folder)
  const executablePath = join(folder, 'chromium')
  return { executablePath, env: { ...libraries(executablePath, folder), ...fonts(folder) } }
}

async function unpackAtomically(packed: string, folder: string): Promise<void> {
  process.stderr.write('Unpacking Chromium for the browser tests …\n')
  const draft = await mkdtemp(`${folder}-`)
  const binary = brotliDecompressSync(await readFile(join(packed, 'chromium.br')))
  await writeFile(join(draft, 'chromium'), binary, { mode: 0o755 })
  for (const archive of ['al2023', 'fonts', 'swiftshader']) await unpackTar(packed, archive, draft)
  await writeFile(join(draft, 'fonts', 'fonts.conf'), fontsConf(folder))
  // Another process may have been faster; its file is as good.
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true })
    if (!existsSync(folder)) throw error
  })
}

async function unpackTar(packed: string, archive: string, folder: string): Promise<void> {
  // Vulkan and GL for software rendering lie beside the binary, as Chromium expects them.
  await mkdir(folder, { recursive: true })
  const input = brotliDecompressSync(readFileSync(join(packed, `${archive}.tar.br`)))
  const { status, stderr } = spawnSync('tar', ['-x', '-C', folder], { input })
  if (status !== 0) throw new Error(`tar could not unpack ${archive}: ${String(stderr)}`)
}

/** A bare system has no NSS; the package brings it. */
function libraries(executablePath: string, folder: string): Readonly<Record<string, string>> {
  const { status } = spawnSync(executablePath, ['--version'])
  return status === 0 ? {} : { LD_LIBRARY_PATH: join(folder, 'lib') }
}

/** A bare system has no fonts; the package brings one. */
function fonts(folder: string): Readonly<Record<string, string>> {
  const hasFonts = existsSync('/etc/fonts/fonts.conf')
  return hasFonts ? {} : { FONTCONFIG_FILE: join(folder, 'fonts', 'fonts.conf') }
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts', 'cache')}</cachedir>
</fontconfig>
`
}
