import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type ProgramOptions, type ProgramRuntime, programCommand } from './program-command.ts'
import { stopper } from './stop-process.ts'

/** A program that goes on running, such as a server. */
export interface RunningProgram {
  /** What it said first on standard output; a server says there where it listens. */
  readonly firstLine: string
  /** Ends the process and waits until it is gone. */
  readonly stop: () => Promise<void>
}

/**
 * Starts a program that goes on running, and waits for its first line on standard output.
 *
 * @param file - absolute path; where the runtime reads TypeScript it may be that
 * @throws when the runtime is missing, or the program ends without a word; the message holds what it
 *   wrote to standard error
 */
export async function startProgram(
  runtime: ProgramRuntime,
  file: string,
  options: ProgramOptions = {},
): Promise<RunningProgram> {
  const { program, args, env } = programCommand(runtime, file, options)
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = stopper(child)
  const complaints = collect(child.stderr)
  const line = await firstLine(child.stdout)
  if (line !== undefined) return { firstLine: line, stop }
  await stop()
  throw new Error(`${runtime} ended before it said anything: ${complaints()}`)
}

/** The first line of a stream, or nothing when it ends before. @internal */
export function firstLine(stream: Readable): Promise<string | undefined> {
  const lines = createInterface({ input: stream })
  return new Promise((resolve) => {
    lines.once('line', (line) => resolve(line)).once('close', () => resolve(undefined))
  })
}

/** Collects what a stream says; the function that is returned tells it. @internal */
export function collect(stream: Readable): () => string {
  let text = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => (text = (text + chunk).slice(-10_000)))
  return () => text
}
