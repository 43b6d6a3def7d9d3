import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type ProgramOptions, type ProgramRuntime, programCommand } from './program-command.ts'

const MAX_OUTPUT_BYTES = 16 << 20

/**
 * Runs a program to its end and returns what it wrote to standard output.
 *
 * @param file - absolute path; where the runtime reads TypeScript it may be that
 * @param options - `timeoutMs`: default 50 000; then the program is killed
 * @throws when the runtime is missing, or the program fails or takes too long; the message holds
 *   what it wrote to standard error
 */
export async function runProgram(
  runtime: ProgramRuntime,
  file: string,
  { timeoutMs = 50_000, ...options }: ProgramOptions & { readonly timeoutMs?: number } = {},
): Promise<string> {
  const { program, args, env } = programCommand(runtime, file, options)
  const { stdout } = await promisify(execFile)(program, args, {
    env,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT_BYTES,
  }).catch((error: unknown) => {
    const isLate = error instanceof Error && 'killed' in error && error.killed === true
    throw isLate
      ? new Error(`${runtime} took longer than ${timeoutMs} ms`, { cause: error })
      : error
  })
  return stdout
}
