import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_VARIABLES } from '@rtc-token/server'
import type { Host } from '../arguments/host.ts'
import type { Finding } from '../output/finding.ts'
import { projectIn } from '../project/read-project.ts'
import { isAbout, isSet, sourcesInFolder } from '../project/variable-sources.ts'

/** Where the app will find App ID and App Certificate. Contains no values. */
export interface FoundVariables {
  /** Their places: `the environment`, `.env.local`, `.env`. */
  readonly places: readonly string[]
  readonly isWhole: boolean
  readonly findings: readonly Finding[]
}

// Earlier files take precedence, as in the templates.
const FILES = ['.env.local', '.env']

/** Looks for the project where the app will look: in the environment and in the files of its folder. */
export async function findVariables(
  folder: string,
  shown: string,
  host: Host,
): Promise<FoundVariables> {
  const { sources, faults } = filesIn(folder)
  const about = [{ name: 'the environment', env: host.env }, ...sources].filter(({ env }) =>
    isAbout(env),
  )
  const env = Object.assign({}, ...about.map((source) => source.env).toReversed())
  const { appId, certificates, findings } = await projectIn(env)
  const missing = [
    ...(appId === undefined ? PROJECT_VARIABLES.appId.slice(0, 1) : []),
    ...(certificates.length === 0 ? PROJECT_VARIABLES.certificate.slice(0, 1) : []),
  ]
  const faulty = [...faults.map(({ finding }) => finding), ...findings]
  const isUnset = missing.length > 0 && faulty.length === 0
  return {
    places: about.map(({ name }) => name),
    isWhole: missing.length === 0,
    findings: isUnset ? [unset(missing, shown, fileNear(folder, host.cwd))] : faulty,
  }
}

function filesIn(folder: string) {
  return sourcesInFolder(
    folder,
    FILES.filter((name) => existsSync(join(folder, name))),
  )
}

/** A file with a project in the current folder, where the app does not read it. */
function fileNear(folder: string, cwd: string): string | undefined {
  if (folder === cwd) return undefined
  return filesIn(cwd).sources.find(({ env }) => PROJECT_VARIABLES.certificate.some(isSet(env)))
    ?.name
}

function unset(names: readonly string[], shown: string, near: string | undefined): Finding {
  const are = names.length === 1 ? 'is' : 'are'
  return {
    code: 'NO_PROJECT',
    severity: 'info',
    message: `${names.join(' and ')} ${are} set neither in the environment nor in a .env file of the app.`,
    remedy:
      near === undefined
        ? `Take what is missing from the Agora console, https://console.agora.io, or from the file that \`agora init\` writes, and put it into ${join(shown, '.env.local')}, which git ignores.`
        : `${near} in this folder has a project: copy it to ${shown}, where git ignores it.`,
  }
}
