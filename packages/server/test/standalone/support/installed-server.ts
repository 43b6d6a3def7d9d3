import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'vite'

/** The package as a user has it: compiled, in the `node_modules` of an otherwise empty project. */
export interface InstalledServer {
  /** The project. */
  readonly folder: string
  /** The program `rtc-token-server`. */
  readonly program: string
  /** Installs one more peer. */
  add(peer: Peer): Promise<void>
  remove(): Promise<void>
}

const PACKAGE = fileURLToPath(new URL('../../..', import.meta.url))
const CONDITIONS = ['@rtc-token/source', 'module', 'node']

const PEERS = [
  '@opentelemetry/api',
  'ioredis',
  'jose',
  'pino',
  'prom-client',
  'rate-limiter-flexible',
] as const

/** What the server may use and, for most of what it does, go without. */
type Peer = (typeof PEERS)[number]

/** Installs the server beside some of its optional peers. Remove it in the end. */
export async function installServer(peers: readonly Peer[] = PEERS): Promise<InstalledServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rtc-token-standalone-'))
  const modules = join(folder, 'node_modules')
  const own = join(modules, '@rtc-token/server')
  await compile(join(own, 'dist'))
  await cp(join(PACKAGE, 'package.json'), join(own, 'package.json'))
  const add = async (peer: Peer) => {
    await mkdir(dirname(join(modules, peer)), { recursive: true })
    await symlink(join(PACKAGE, 'node_modules', peer), join(modules, peer))
  }
  await Promise.all(peers.map(add))
  return {
    folder,
    program: join(own, 'dist/standalone/main.js'),
    add,
    remove: () => rm(folder, { recursive: true }),
  }
}

// Node 20 does not read TypeScript by itself.
async function compile(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'silent',
    root: PACKAGE,
    resolve: { conditions: CONDITIONS },
    ssr: { noExternal: true, external: [...PEERS], resolve: { conditions: CONDITIONS } },
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      rolldownOptions: {
        input: {
          'standalone/main': join(PACKAGE, 'src/standalone/main.ts'),
          index: join(PACKAGE, 'src/index.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'standalone/[name]-[hash].js' },
      },
    },
  })
}
