import { ConfigError } from './config-error.ts'
import { editDistance } from './edit-distance.ts'
import type { Environment } from './config.ts'
import { VARIABLE_NAMES } from './settings-table.ts'

/** Variables that begin as ours do, or are ours by name, and are no settings. @internal */
export interface ForeignVariables {
  /** Made by Kubernetes or Docker for a service. */
  readonly services: readonly string[]
  /** Not known at all. */
  readonly unknown: readonly string[]
}

const OWN_PREFIX = 'RTC_TOKEN_'
const MOST_TYPOS = 3
const LETTERS_A_TYPO = 4

// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables and, of the same
// form but for the last two, https://docs.docker.com/engine/network/links/#environment-variables
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
 * Whether Kubernetes or Docker has made a variable, for a service whose name happens to begin as our
 * variables do. Told by its form.
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
 * Finds the variables that are no settings though they look like some.
 *
 * @internal
 * @throws {ConfigError} for one that is spelt nearly as a setting: it would quietly mean its default
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
  throw new ConfigError(`${name} is no setting; did you mean ${meant}?`)
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

// Of some variables people forget the prefix, to others they add it.
function bare(name: string): string {
  return name.startsWith(OWN_PREFIX) ? name.slice(OWN_PREFIX.length) : name
}
