import { spawn, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findRuntime, type ProgramRuntime } from '@rtc-token/runtimes'
import type { run } from '../../src/run.ts'
import { BUILT, BUILT_RUN } from './build.ts'

/** The built program. */
export const PROGRAM: string = join(BUILT, 'rtc-token.js')
const TERMINAL = fileURLToPath(new URL('terminal.py', import.meta.url))

/** What a run of the program wrote. */
export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

export interface RunOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

export interface StartOptions extends Omit<RunOptions, 'input'> {
  readonly input?: string | Buffer
  readonly runtime?: ProgramRuntime
}

const environment = (env: RunOptions['env']) => ({
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  ...env,
})

/**
 * Runs the built program in this process, as in pipes and without a variable of this environment but the path: a start
 * takes a hundred times as long. What `main.ts` does, and which of it only a process shows, is for `startRtcToken`.
 */
export async function rtcToken(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { input = '', env, cwd = process.cwd() } = options
  const built = (await import(pathToFileURL(join(BUILT_RUN, 'run.js')).href)) as { run: typeof run }
  const host = {
    env: environment(env),
    cwd,
    now: () => Date.now() / 1000,
    width: 80,
    isInputTerminal: false,
    ask: async () => undefined,
    readInput: async () => input,
  }
  return built.run(args, host, { isColoured: false, version: '0.0.0' })
}

/** Starts the built program with pipes, and the same environment. */
export function startRtcToken(args: readonly string[], options: StartOptions = {}): Promise<Ran> {
  const { input = '', env, cwd, runtime = 'node' } = options
  return new Promise((resolve, reject) => {
    const child = spawn(findRuntime(runtime), [PROGRAM, ...args], { cwd, env: environment(env) })
    const texts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text))
    }
    child.on('error', reject).on('close', (exit) => resolve({ ...texts, exit: exit ?? -1 }))
    // The program need not read it all.
    child.stdin.on('error', () => undefined).end(input)
  })
}

/** Runs the program in a terminal of its own; what it wrote comes with all its escapes. */
export function inTerminal(
  args: readonly string[],
  columns: number,
  env: RunOptions['env'] = {},
  cwd?: string,
): string {
  const command = [TERMINAL, String(columns), process.execPath, PROGRAM, ...args]
  const { stdout, stderr, status } = spawnSync('python3', command, {
    encoding: 'utf8',
    cwd,
    env: { ...environment(env), TERM: 'xterm-256color' },
  })
  if (status !== 0) throw new Error(`no terminal: ${stderr}`)
  return stdout.replaceAll('\r\n', '\n')
}
