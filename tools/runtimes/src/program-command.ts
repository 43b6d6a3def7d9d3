import { findRuntime, type RuntimeName } from './find-runtime.ts'

/** The runtimes that run a file; workerd serves instead. */
export type ProgramRuntime = Exclude<RuntimeName, 'workerd'>

/** How to run a program. */
export interface ProgramOptions {
  /** Conditions for `exports` and `imports` of packages, beside the runtime's own. */
  readonly conditions?: readonly string[]
  /** What Deno permits the program, such as `--allow-net=127.0.0.1`; default nothing at all. */
  readonly permissions?: readonly string[]
  /** Environment variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** Arguments of the program. */
  readonly args?: readonly string[]
}

/** A program and its arguments, ready to be spawned. @internal */
export interface ProgramCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

// Nothing is downloaded, nothing is asked, nothing is written beside the sources.
const FIXED_ARGS: Readonly<Record<ProgramRuntime, readonly string[]>> = {
  node: [],
  node24: [],
  bun: ['--no-install', '--no-env-file'],
  deno: [
    'run',
    '--no-lock',
    '--no-prompt',
    '--no-check',
    '--cached-only',
    '--node-modules-dir=manual',
  ],
}
const FIXED_ENV = {
  BUN_RUNTIME_TRANSPILER_CACHE_PATH: '0',
  DENO_NO_UPDATE_CHECK: '1',
  DO_NOT_TRACK: '1',
  NO_COLOR: '1',
} as const

/** Puts together how a runtime runs a file. @internal */
export function programCommand(
  runtime: ProgramRuntime,
  file: string,
  options: ProgramOptions,
): ProgramCommand {
  const conditions = (options.conditions ?? []).map((condition) => `--conditions=${condition}`)
  const permissions = runtime === 'deno' ? (options.permissions ?? []) : []
  return {
    program: findRuntime(runtime),
    args: [...FIXED_ARGS[runtime], ...conditions, ...permissions, file, ...(options.args ?? [])],
    // What this process was given for its own Node, such as a loader, is not for others.
    env: { ...process.env, NODE_OPTIONS: undefined, ...FIXED_ENV, ...options.env },
  }
}
