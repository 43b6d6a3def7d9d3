import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { onTestFinished } from 'vitest'

/** A line of the log. */
type Line = Readonly<Record<string, unknown>>

/** A process of `rtc-token-server`. */
export interface RunningServer {
  readonly pid: number
  /** Everything it has printed so far. */
  readonly output: () => string
  readonly lines: readonly Line[]
  /** The first line of this type, or the one after so many of them. */
  line(type: string, after?: number): Promise<Line>
  kill(signal: NodeJS.Signals): void
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>
}

/** The project of the official examples; not a live one. */
export const APP_ID = '970CA35de60c44645bbae8a215061b33'
export const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'
export const JWT_SECRET = 'a secret of these tests, known to nobody else'

/** The two variables that a server needs. */
export const TWO_VARIABLES = {
  AGORA_PROJECT: `${APP_ID}:${APP_CERTIFICATE}`,
  RTC_TOKEN_JWT_SECRET: JWT_SECRET,
}

/** A free port of loopback, and no wait at the end. */
export const LOOPBACK = { PORT: '0', RTC_TOKEN_HOST: '127.0.0.1', DRAIN_SECONDS: '0' }

/**
 * Starts the program with these variables and no others, on a free port of loopback. It ends with the
 * test at the latest.
 */
export function startProgram(
  program: string,
  env: Readonly<Record<string, string>> = TWO_VARIABLES,
  args: readonly string[] = [],
  node = process.execPath,
): RunningServer {
  const variables = { PATH: process.env['PATH'], ...LOOPBACK, ...env }
  const child = spawn(node, [program, ...args], { env: variables })
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  // Also after a test that failed half way.
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: Line[] = []
  const waiting = new Set<() => void>()
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output += String(chunk)))
  }
  createInterface(child.stdout).on('line', (text) => {
    if (text.startsWith('{"')) lines.push(JSON.parse(text))
    for (const look of waiting) look()
  })
  const find = (type: string, after: number) => lines.filter((line) => line['type'] === type)[after]
  const line: RunningServer['line'] = (type, after = 0) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = find(type, after)
        if (found) resolve(found)
      }
      waiting.add(look)
      look()
      void exited.then(() => reject(new Error(`ended without ${type}: ${output}`)))
    })
  return {
    pid: child.pid ?? 0,
    output: () => output,
    lines,
    line,
    kill: (signal) => void child.kill(signal),
    exited,
  }
}

/** Waits until the server listens, and says where. */
export async function urlOf(server: RunningServer): Promise<string> {
  return `http://127.0.0.1:${String((await server.line('server.started'))['port'])}`
}

/** Runs the program to its end. */
export async function runProgram(
  ...parameters: Parameters<typeof startProgram>
): Promise<{ readonly code: number | null; readonly output: string }> {
  const server = startProgram(...parameters)
  const { code } = await server.exited
  return { code, output: server.output() }
}
