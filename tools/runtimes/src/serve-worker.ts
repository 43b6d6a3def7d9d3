import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { findRuntime } from './find-runtime.ts'
import { collect, firstLine } from './start-program.ts'
import { stopper } from './stop-process.ts'
import { workerConfig } from './worker-config.ts'

const require = createRequire(import.meta.url)

/** How a worker is served. */
export interface WorkerOptions {
  /** What the worker finds as text in `env`. */
  readonly env?: Readonly<Record<string, string>>
  /** Such as `nodejs_compat`; default none. */
  readonly compatibilityFlags?: readonly string[]
}

/** A worker that answers requests. */
export interface ServedWorker {
  /** Where it listens, on loopback, without a slash at the end. */
  readonly url: string
  /** Ends the process and removes its files. */
  readonly stop: () => Promise<void>
}

/**
 * Serves a worker with workerd, the runtime of Cloudflare Workers, on a free port of loopback. It has
 * the newest compatibility date that this workerd knows, and no way out to the network.
 *
 * @param module - the text of one ES module whose default export has a `fetch`
 * @throws when workerd is missing or refuses the worker; the message holds what it said
 */
export async function serveWorker(
  module: string,
  options: WorkerOptions = {},
): Promise<ServedWorker> {
  const program = findRuntime('workerd')
  const folder = await mkdtemp(join(tmpdir(), 'worker-'))
  const config = await writeWorker(folder, module, options)
  const child = spawn(program, ['serve', '--control-fd=3', config], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const end = stopper(child)
  const stop = async () => {
    await end()
    await rm(folder, { recursive: true })
  }
  const complaints = collect(readable(child.stdio[2]))
  const message = await firstLine(readable(child.stdio[3]))
  if (message !== undefined) return { url: urlOf(message), stop }
  await stop()
  throw new Error(`workerd ended before it listened: ${complaints()}`)
}

function readable(stream: unknown): Readable {
  if (stream instanceof Readable) return stream
  throw new TypeError('a pipe to read from expected')
}

async function writeWorker(folder: string, module: string, options: WorkerOptions) {
  const { env = {}, compatibilityFlags = [] } = options
  const { compatibilityDate }: { readonly compatibilityDate: string } = require('workerd')
  const names = Object.keys(env)
  const config = workerConfig({ names, compatibilityDate, compatibilityFlags })
  const path = join(folder, 'config.capnp')
  await writeFile(path, config)
  await writeFile(join(folder, 'worker.js'), module)
  await Promise.all(names.map((name) => writeFile(join(folder, `${name}.txt`), env[name]!)))
  return path
}

/** On its control descriptor workerd reports each socket that is ready, with the port it got. */
function urlOf(message: string): string {
  const { port }: { readonly port: number } = JSON.parse(message)
  return `http://127.0.0.1:${port}`
}
