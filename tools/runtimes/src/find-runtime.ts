import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { platformBinary } from './platform-binary.ts'

/** `node` is the Node that runs the tests, `node24` one of version 24 or later. */
export type RuntimeName = 'node' | 'node24' | 'bun' | 'deno' | 'workerd'

const FIND: Readonly<Record<RuntimeName, () => string | undefined>> = {
  node: () => process.execPath,
  node24: findNode24,
  bun: () => platformBinary('bun', 'bin/bun'),
  deno: () => platformBinary('deno', 'deno'),
  workerd: () => platformBinary('workerd', 'bin/workerd'),
}

const HOW_TO_GET = {
  node: 'start the tests with node',
  node24: 'npm has it for Linux x64 only; install Node 24 and name its program in NODE24_PATH',
  bun: 'run `pnpm install`; it comes from npm for the systems that Bun is built for',
  deno: 'run `pnpm install`; it comes from npm for the systems that Deno is built for',
  workerd: 'run `pnpm install`; it comes from npm for the systems that workerd is built for',
} as const satisfies Record<RuntimeName, string>

/**
 * Finds the program of a runtime: the executable itself and no wrapper script, so that the process
 * that is started is the one to stop.
 *
 * @throws when it is not there; the message says why and how to get it
 */
export function findRuntime(name: RuntimeName): string {
  const path = FIND[name]()
  if (path !== undefined && existsSync(path)) return path
  const here = `${process.platform} ${process.arch}`
  throw new Error(`No ${name} found on this machine (${here}): ${HOW_TO_GET[name]}.`)
}

/**
 * Says why a runtime cannot be tested here, and how to get it; gives nothing when it can. Where all
 * of them must be there, which is in continuous integration on Linux x64, a missing one is an error.
 *
 * @throws when the runtime is missing, `CI` is set and the machine is a Linux x64
 */
export function missingRuntime(name: RuntimeName): string | undefined {
  try {
    findRuntime(name)
    return undefined
  } catch (error) {
    if (mustHaveAll() || !(error instanceof Error)) throw error
    return error.message
  }
}

function mustHaveAll(): boolean {
  const isContinuousIntegration = !['', '0', 'false'].includes(process.env['CI'] ?? '')
  return isContinuousIntegration && process.platform === 'linux' && process.arch === 'x64'
}

function findNode24(): string | undefined {
  const named = process.env['NODE24_PATH']
  if (named) return named
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  try {
    const manifest = createRequire(import.meta.url).resolve('node24/package.json')
    return join(dirname(manifest), 'bin', 'node')
  } catch {
    // An optional dependency: elsewhere than on Linux x64 it is not installed.
    return undefined
  }
}
