import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A Redis of a test's own on loopback, which it may kill. It keeps nothing. */
export interface RedisServer {
  readonly url: string
  /** Stops answering and keeps its connections, as a machine does that swaps. */
  pause(): void
  resume(): void
  /** Ends at once, as by a power cut; `start` begins anew on the same port, with nothing. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

const PROGRAM = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'redis-server'))
  .find((file) => existsSync(file))

/** Whether a `redis-server` can be started here. */
export const HAS_REDIS_SERVER: boolean = PROGRAM !== undefined

/** Starts a `redis-server` from the PATH on a free port. Stop it in the end. */
export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rtc-token-redis-'))
  const port = await freePort()
  let running = await launch(port, folder)
  const kill = async (): Promise<void> => {
    if (running.exitCode === null && running.signalCode === null) {
      running.kill('SIGKILL')
      await once(running, 'exit')
    }
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => void running.kill('SIGSTOP'),
    resume: () => void running.kill('SIGCONT'),
    kill,
    start: async () => {
      running = await launch(port, folder)
    },
    stop: async () => {
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const options = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn(PROGRAM ?? '', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  for await (const chunk of child.stdout) {
    said += String(chunk)
    if (said.includes('Ready to accept connections')) break
  }
  if (!said.includes('Ready to accept')) throw new Error(`redis-server did not start: ${said}`)
  return child
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
