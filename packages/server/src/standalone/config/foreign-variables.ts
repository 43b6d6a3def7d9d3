import { ConfigError } from './config-error.ts'
import type { Environment } from './config.ts'
import { VARIABLE_NAMES } from './settings-table.ts'

/** Variables that have the name or the prefix of a setting but are not settings. @internal */
export interface ForeignVariables {
  /** Set by Kubernetes or Docker for a service. */
  readonly services: readonly string[]
  /** Unknown. */
  readonly unknown: readonly string[]
}

const PROCESSES_PAGE = 'https://rtc-token.github.io/rtc-token/processes'
const OWN_PREFIX = 'RTC_TOKEN_'
const MOST_TYPOS = 3
const LETTERS_A_TYPO = 4

// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables and, in the same
// form except for the last two, https://docs.docker.com/engine/network/links/#environment-variables
const SERVICE_NAMES = [
  /_SERVICE_(HOST|PORT(_\w+)?)$/,
  /_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|ADDR|PORT|(PORT_)?(START|END)))?$/,
  /_ENV_\w+$/,
]
const SERVICE_VALUES = [
  { name: /(^|_)PORT$/, value: /^(tcp|udp|sctp):\/\// },
  { name: /_NAME$/, value: /^\/[^/]+\/[^/]+$/ },
]

/**
 * Whether Kubernetes or Docker has set a variable for a service whose name happens to begin like our variables.
 * Their names and values have a known form.
 *
 * @internal
 */
export function isOfService(name: string, value: string): boolean {
  return (
    SERVICE_NAMES.some((form) => form.test(name)) ||
    SERVICE_VALUES.some((form) => form.name.test(name) && form.value.test(value))
  )
}

/**
 * Finds the variables that look like settings but are not.
 *
 * @internal
 * @throws {ConfigError} for a misspelt setting, which would otherwise silently keep its default
 */
export function foreignVariables(env: Environment): ForeignVariables {
  const own = Object.entries(env).filter(([name]) => isOurs(name))
  const services = own.filter(([name, value = '']) => isOfService(name, value))
  const unknown = own.filter((entry) => !services.includes(entry) && !isKnown(entry[0]))
  const names = unknown.map(([name]) => name)
  for (const name of names) refuseTypo(name)
  return { services: services.map(([name]) => name), unknown: names }
}

function isOurs(name: string): boolean {
  return name.startsWith(OWN_PREFIX) || isKnown(name)
}

function isKnown(name: string): boolean {
  return VARIABLE_NAMES.includes(name)
}

function refuseTypo(name: string): void {
  const meant = nearestName(bare(name)) ?? nearestName(bare(name).replace(/_FILE$/, ''))
  if (meant === undefined) return
  throw new ConfigError(`${name} is not a setting; did you mean ${meant}?`)
}

function nearestName(name: string): string | undefined {
  const most = Math.min(MOST_TYPOS, Math.floor(name.length / LETTERS_A_TYPO))
  const [nearest] = VARIABLE_NAMES.map((known) => ({
    known,
    typos: editDistance(name, bare(known)),
  }))
    .filter(({ typos }) => typos <= most)
    .toSorted((a, b) => a.typos - b.typos)
  return nearest?.known
}

// People forget the prefix of some variables and add it to others.
function bare(name: string): string {
  return name.startsWith(OWN_PREFIX) ? name.slice(OWN_PREFIX.length) : name
}

/** Variables that look like settings but have no effect, and why. @internal */
export interface IgnoredVariables {
  readonly variables: readonly string[]
  readonly reason: string
}

/** Finds variables that platforms set for their own purposes. @internal */
export function ignoredVariables(env: Environment): readonly IgnoredVariables[] {
  const processes = env['WEB_CONCURRENCY'] ? ['WEB_CONCURRENCY'] : []
  const { services } = foreignVariables(env)
  return [
    { variables: processes, reason: `this is one process; for several, see ${PROCESSES_PAGE}` },
    { variables: services, reason: 'set by Kubernetes or Docker for services' },
  ].filter(({ variables }) => variables.length > 0)
}

/**
 * Counts the typing mistakes between two words: letters that are wrong, missing, extra, or swapped with their
 * neighbour.
 *
 * @internal
 */
export function editDistance(a: string, b: string): number {
  let before: readonly number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const wrong = (above[j - 1] ?? 0) + (isSame ? 0 : 1)
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min(wrong, swapped, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = above
    above = row
  }
  return above[b.length] ?? 0
}
