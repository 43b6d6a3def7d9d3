import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { COMPILED } from './compile-server.ts'
import { type Peer, PEERS } from './peers.ts'

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

/** Installs the server beside some of its optional peers. Remove it in the end. */
export async function installServer(peers: readonly Peer[] = PEERS): Promise<InstalledServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rtc-token-standalone-'))
  const modules = join(folder, 'node_modules')
  const own = join(modules, '@rtc-token/server')
  await cp(COMPILED, join(own, 'dist'), { recursive: true })
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
