import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

import { onTestFinished } from 'vitest'

/** A server whose standard output nothing reads. */
export interface UnreadServer {
  readonly url: string
  /** What it has said on standard error so far. */
  readonly complaints: () => string
  /** Resolves when it has said something there. */
  complained(): Promise<void>
  /** Resolves with the exit code, as a shell has it. */
  readonly exited: Promise<number>
}

/**
 * Starts the program by a command of bash, in which `eval "$RUN"` runs it; resolves when it serves. It
 * ends with the test at the latest.
 *
 * @example
 * startUnread('eval "$RUN" > /dev/full', [program], TWO_VARIABLES)
 */
export async function startUnread(
  command: string,
  program: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<UnreadServer> {
  const port = await freePort()
  const run = [process.execPath, ...program].map((word) => `'${word}'`).join(' ')
  const variables = { PATH: process.env['PATH'], PORT: port, RTC_TOKEN_HOST: '127.0.0.1', ...env }
  const child = spawn('bash', ['-c', command], {
    // The exit code comes by itself: `script` stays as long as its terminal is halted.
    env: { ...variables, RUN: `${run}; echo $? >&3` },
    // Of standard output, a socket, only the first 64 KiB are read.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own, so that what stands at the other end of a pipe ends as well.
    detached: true,
  })
  onTestFinished(() => endGroup(child.pid))
  const complaints: string[] = []
  const stderr = child.stdio[2] ?? child
  stderr.on('data', (chunk) => complaints.push(String(chunk)))
  const exited = once(child.stdio[3] ?? child, 'data').then(([code]) => Number(code))
  const url = `http://127.0.0.1:${port}`
  const early = exited.then((code) =>
    Promise.reject(new Error(`ended with ${code}: ${complaints.join('')}`)),
  )
  await Promise.race([answers(url), early])
  return {
    url,
    complaints: () => complaints.join(''),
    async complained() {
      while (complaints.length === 0) await once(stderr, 'data')
    },
    exited,
  }
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' ? String(address?.port) : ''
}

async function answers(url: string): Promise<void> {
  for (;;) {
    const reply = await fetch(`${url}/healthz`).catch(() => undefined)
    if (reply?.ok) return
  }
}
