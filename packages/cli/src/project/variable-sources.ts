import { join } from 'node:path'
import { PROJECT_VARIABLES, PUBLISHED_PREFIXES } from '@rtc-token/server'
import { UsageError } from '../arguments/usage-error.ts'
import type { Finding } from '../output/finding.ts'
import { readVariables, type Variables } from './read-project.ts'

/** A source of variables: the environment or a file. */
export interface Source {
  readonly name: string
  readonly env: Variables
}

/** The variables in the files of a folder, and the files that cannot be read. */
export interface Sources {
  readonly sources: readonly Source[]
  readonly faults: readonly { readonly file: string; readonly finding: Finding }[]
}

const { appId: APP_IDS, certificate: CERTIFICATES } = PROJECT_VARIABLES

export const isSet =
  (env: Variables) =>
  (name: string): boolean =>
    Boolean(env[name])

/** Whether bundlers copy a variable into pages. */
export const isPublished = (name: string): boolean =>
  PUBLISHED_PREFIXES.some((prefix) => name.startsWith(prefix))

/** Reads the files of variables in a folder. */
export function sourcesInFolder(folder: string, names: readonly string[]): Sources {
  const sources: Source[] = []
  const faults: Sources['faults'][number][] = []
  for (const name of names) {
    try {
      sources.push({ name, env: readVariables(join(folder, name), name) })
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      faults.push({ file: name, finding: unreadable(error.message) })
    }
  }
  return { sources, faults }
}

function unreadable(message: string): Finding {
  const remedy = 'Make it a small file with lines such as NAME=value.'
  return { code: 'FILE_UNREADABLE', severity: 'warning', message, remedy }
}

/** Whether some of the variables belong to an Agora project. */
export function isAbout(env: Variables): boolean {
  const names = Object.keys(env).filter(isSet(env))
  return names.some((name) => {
    if (isPublished(name) && /CERT/i.test(name)) return true
    // Other programs use the names APP_ID and APP_CERTIFICATE too.
    const isOurs = !name.startsWith('APP_') || /^[0-9a-f]{32}$/i.test(env[name]!)
    return isOurs && [...APP_IDS, ...CERTIFICATES].includes(name)
  })
}
