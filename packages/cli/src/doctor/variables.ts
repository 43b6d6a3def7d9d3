import { readdirSync } from 'node:fs'
import { fingerprint, isTokenError } from '@rtc-token/core'
import { appIdFromEnv, envKeys, PROJECT_VARIABLES } from '@rtc-token/server'
import type { Host } from '../arguments/host.ts'
import { type Finding, sentence } from '../output/finding.ts'
import type { Variables } from '../project/read-project.ts'
import {
  isAbout,
  isPublished,
  isSet,
  type Source,
  sourcesInFolder,
} from '../project/variable-sources.ts'
import type { Report } from './report.ts'

const EXAMPLE = /example|sample|template|dist$/i
const { appId: APP_IDS, certificate: CERTIFICATES } = PROJECT_VARIABLES

/** Checks the environment and the `.env*` files: names, values, published names, contradictions. */
export function checkVariables(report: Report, { env, cwd }: Host): void {
  const files = sourcesInFolder(cwd, filesOfVariables(cwd))
  for (const fault of files.faults) report.found(fault.file, '', fault.finding)
  const sources = [{ name: 'the environment', env }, ...files.sources].filter(({ env }) =>
    isAbout(env),
  )
  for (const source of sources) checkSource(report, source)
  if (sources.length === 0) {
    report.found('variables', 'no project', {
      code: 'NO_PROJECT',
      severity: 'info',
      message: 'No Agora project is set in the environment or in a .env file.',
      remedy: `Set ${APP_IDS[0]} and ${CERTIFICATES[0]} where tokens are made.`,
    })
  }
  checkAgreement(report, sources)
}

function filesOfVariables(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /^\.env(?:\..*)?$/.test(name))
  return names.filter((name) => !EXAMPLE.test(name)).toSorted()
}

function checkSource(report: Report, { name, env }: Source): void {
  const faults = new Map(faultsOf(env).map((fault) => [fault.message, fault]))
  for (const fault of faults.values()) {
    report.found(name, fault.code, { ...fault, message: `In ${name}: ${fault.message}` })
  }
  const known = [...APP_IDS, ...CERTIFICATES].filter(isSet(env))
  if (faults.size === 0)
    report.good(name, known.map((it) => `${it} (${fingerprint(env[it]!)})`).join(', '))
}

/** The server's errors for each variable alone, and for all together. */
function faultsOf(env: Variables): Finding[] {
  const ids = APP_IDS.filter(isSet(env))
  const certificates = CERTIFICATES.filter(isSet(env))
  return [
    ...[...ids, ...certificates].flatMap((name) =>
      faultIn(() => (ids.includes(name) ? appIdFromEnv({ [name]: env[name] }) : keyOf(name, env))),
    ),
    ...(ids.length > 0 ? faultIn(() => appIdFromEnv(env)) : []),
    ...faultIn(() => envKeys(env)).filter(
      ({ message }) => certificates.length > 0 || isPublished(message),
    ),
  ]
}

// The second certificate needs the first.
function keyOf(name: string, env: Variables): unknown {
  return envKeys(name.endsWith('SECONDARY') ? { ...env } : { [name]: env[name] })
}

function faultIn(read: () => unknown): Finding[] {
  try {
    read()
    return []
  } catch (error) {
    if (!isTokenError(error) && !(error instanceof TypeError)) throw error
    const code = isTokenError(error) ? error.code : 'VARIABLE_INVALID'
    const remedy = 'Copy the value from the console, without quotation marks or spaces around it.'
    return [
      {
        code,
        severity: 'fatal',
        message: sentence(error.message),
        remedy: remedyOf(error.message) ?? remedy,
      },
    ]
  }
}

function remedyOf(message: string): string | undefined {
  if (message.includes('both set and differ')) return 'Keep the one you mean.'
  if (message.includes('bundlers publish'))
    return 'Rename it, and replace the certificate in the console: a page may already contain it.'
  return message.includes('is the same as')
    ? 'Copy the App Certificate from the console: this is the App ID.'
    : undefined
}

/** Checks that App ID and certificate are of one project: with parts of two, every token is refused. */
function checkAgreement(report: Report, sources: readonly Source[]): void {
  const projects = sources.map(({ name, env }) => ({
    name,
    id: first(env, APP_IDS),
    certificate: first(env, CERTIFICATES),
  }))
  for (const [index, one] of projects.entries()) {
    for (const other of projects.slice(index + 1)) {
      if (!one.id || !other.id || one.id === other.id) continue
      const isHalf =
        one.certificate === undefined ||
        other.certificate === undefined ||
        one.certificate === other.certificate
      report.found(
        `${one.name} and ${other.name} agree`,
        `App IDs ${fingerprint(one.id)}, ${fingerprint(other.id)}`,
        {
          code: 'VARIABLES_DIFFER',
          severity: isHalf ? 'warning' : 'info',
          message: isHalf
            ? `${sentence(one.name).slice(0, -1)} and ${other.name} name different App IDs, but not a certificate for each.`
            : `${sentence(one.name).slice(0, -1)} and ${other.name} name two projects; which one is used depends on what loads them.`,
          remedy: 'Set the App ID and the App Certificate of one project in one place.',
        },
      )
    }
  }
}

function first(env: Variables, names: readonly string[]): string | undefined {
  const name = names.find(isSet(env))
  return name === undefined ? undefined : env[name]
}
