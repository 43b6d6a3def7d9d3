import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'vite'

import type { Burst, Count } from './limited-process.ts'

/** What the processes share. */
export interface SharedLimit {
  readonly redisUrl: string
  readonly name: string
  readonly limit: number
  /** Milliseconds that a request waits for Redis. */
  readonly timeoutMs: number
}

/** Processes that share one limit. */
export interface LimitedProcesses {
  /** Lets all of them send so many requests at the same time. */
  send(burstOfEach: Burst): Promise<readonly Count[]>
  stop(): Promise<void>
}

const SOURCE = fileURLToPath(new URL('limited-process.ts', import.meta.url))

/** Starts processes which count in the same Redis under the same name. Stop them in the end. */
export async function startProcesses(
  howMany: number,
  { redisUrl, name, limit, timeoutMs }: SharedLimit,
): Promise<LimitedProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'rtc-token-limited-'))
  const file = await bundle(folder)
  const children = Array.from({ length: howMany }, () =>
    fork(file, [redisUrl, name, String(limit), String(timeoutMs)]),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  return {
    send: (burst) => Promise.all(children.map((child) => ask(child, burst))),
    stop: async () => {
      await Promise.all(children.map(end))
      await rm(folder, { recursive: true })
    },
  }
}

// Node 20 does not read TypeScript by itself.
async function bundle(folder: string): Promise<string> {
  const conditions = ['@rtc-token/source', 'module', 'node']
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions },
    ssr: { noExternal: true, resolve: { conditions } },
    build: {
      ssr: SOURCE,
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'limited-process.mjs' } },
    },
  })
  return join(folder, 'limited-process.mjs')
}

async function ask(child: ChildProcess, burst: Burst): Promise<Count> {
  const answer = once(child, 'message')
  child.send(burst)
  const [count] = await answer
  return count
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.disconnect()
  await gone
}
