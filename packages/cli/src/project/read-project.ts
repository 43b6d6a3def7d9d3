import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { isTokenError } from '@rtc-token/core'
import {
  appIdFromEnv,
  envKeys,
  PROJECT_VARIABLES,
  type Project,
  projectFromEnv,
} from '@rtc-token/server'
import type { Arguments } from '../arguments/read-arguments.ts'
import type { Host } from '../arguments/host.ts'
import { UsageError } from '../arguments/usage-error.ts'
import { type Finding, sentence } from '../output/finding.ts'

const MAX_BYTES = 65_536

/** Variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>

/** The known parts of the project that a token is for. No output contains the certificates. */
export interface KnownProject {
  readonly appId: string | undefined
  readonly certificates: readonly string[]
  /** Faults in the variables. */
  readonly findings: readonly Finding[]
}

/** The variables for a command: from the files in its options, or else from the environment. @throws {UsageError} */
function variablesOf(args: Arguments, { env, cwd }: Host): Variables {
  const files = args.values('env-file')
  if (files.length === 0) return env
  return Object.assign({}, ...files.map((file) => readVariables(resolve(cwd, file), '--env-file')))
}

/** Reads a file of variables. @throws {UsageError} */
export function readVariables(path: string, option: string): Variables {
  try {
    const stat = statSync(path)
    if (stat.isFile() && stat.size <= MAX_BYTES) return { ...parseEnv(readFileSync(path, 'utf8')) }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new UsageError(`${option}: expected a file that can be read, got ${reason}.`)
  }
  throw new UsageError(
    `${option}: expected a file of at most ${MAX_BYTES} bytes, got a larger one or a folder.`,
  )
}

/** Reads the parts of the project that the variables contain. Faults become findings. */
export function readProject(args: Arguments, host: Host): Promise<KnownProject> {
  return projectIn(variablesOf(args, host), args.value('app-id'))
}

/** The parts of a project that variables contain. `givenAppId` replaces their App ID. */
export async function projectIn(env: Variables, givenAppId?: string): Promise<KnownProject> {
  const isSet = (names: readonly string[]) => names.some((name) => env[name])
  const findings: Finding[] = []
  const attempt = async <T>(names: readonly string[], read: () => T | Promise<T>) => {
    try {
      return isSet(names) ? await read() : undefined
    } catch (error) {
      findings.push(faultOf(error))
      return undefined
    }
  }
  const appId = givenAppId ?? (await attempt(PROJECT_VARIABLES.appId, () => appIdFromEnv(env)))
  const keys = await attempt(PROJECT_VARIABLES.certificate, () => envKeys(env).verifiers())
  return { appId, certificates: keys?.map(({ certificate }) => certificate) ?? [], findings }
}

/** Reads the project to sign for. @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID */
export async function readSigner(
  args: Arguments,
  host: Host,
): Promise<Project & { readonly appCertificate: string }> {
  const env = variablesOf(args, host)
  const given = args.value('app-id')
  const { appId, keys } = projectFromEnv(
    given === undefined ? env : { ...withoutAppId(env), AGORA_APP_ID: given },
  )
  const { certificate: appCertificate } = await keys.signer()
  return { appId, appCertificate }
}

function withoutAppId(env: Variables): Variables {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !PROJECT_VARIABLES.appId.includes(name)),
  )
}

/** A fault in the variables of a project, in the server's words. */
function faultOf(error: unknown): Finding {
  if (!isTokenError(error) && !(error instanceof TypeError)) throw error
  const code = isTokenError(error) ? error.code : 'VARIABLE_INVALID'
  const remedy = 'Fix the variable; `rtc-token doctor` checks all of them.'
  return { code, severity: 'warning', message: sentence(error.message), remedy }
}
