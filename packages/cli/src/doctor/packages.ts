import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../output/finding.ts'
import type { Report } from './report.ts'

const OLDEST_NODE: readonly (readonly [major: number, minor: number])[] = [
  [20, 19],
  [22, 12],
]

/** Checks the version of Node. */
export function checkNode(report: Report, version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isGood =
    major > 22 || OLDEST_NODE.some(([known, least]) => major === known && minor >= least)
  if (isGood) return report.good('Node', version)
  report.found('Node', version, {
    code: 'NODE_TOO_OLD',
    severity: 'warning',
    message: `Expected Node 20.19, 22.12 or newer, got ${version}.`,
    remedy: 'Install a newer Node; packages of @rtc-token need it.',
  })
}

/** The versions of the installed packages for Agora, by name. */
type Installed = ReadonlyMap<string, string>

const WATCHED = [
  'agora-token',
  'agora-access-token',
  'agora-rtc-sdk-ng',
  'agora-rtc-sdk',
  'agora-rtc-react',
  'agora-rtm-sdk',
  'agora-rtm',
  'agora-chat',
  'react-native-agora',
  'agora-electron-sdk',
  '@rtc-token/core',
  '@rtc-token/server',
  '@rtc-token/client-renewer',
] as const

/** Checks the token packages and SDKs of a project, and whether they work together. */
export function checkPackages(report: Report, cwd: string): void {
  const installed = installedIn(cwd)
  if (installed.size === 0) return
  const faults = PAIRS.flatMap((pair) => pair(installed))
  const listed = [...installed].map(([name, version]) => `${name} ${version}`).join(', ')
  for (const fault of faults) report.found('packages', fault.code, fault)
  if (faults.every(({ severity }) => severity === 'info')) report.good('packages', listed)
}

function installedIn(cwd: string): Installed {
  const { dependencies = {}, devDependencies = {} } = readManifest(join(cwd, 'package.json'))
  const wanted = { ...devDependencies, ...dependencies }
  const versions = WATCHED.flatMap((name): [string, string][] => {
    const version =
      readManifest(join(cwd, 'node_modules', name, 'package.json')).version ?? wanted[name]
    return version === undefined ? [] : [[name, version.replace(/^[^\d]*/, '') || '?']]
  })
  return new Map(versions)
}

interface Manifest {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function readManifest(path: string): Manifest {
  try {
    const manifest: Manifest | null = JSON.parse(readFileSync(path, 'utf8'))
    return typeof manifest === 'object' && manifest !== null ? manifest : {}
  } catch {
    // Not installed, or not a package.
    return {}
  }
}

const DROP_IN = 'Use agora-token, or @rtc-token/core, which makes both versions.'

/** Checks for packages that do not work together. */
const PAIRS: readonly ((installed: Installed) => readonly Finding[])[] = [
  (installed) =>
    both(installed, 'agora-access-token', 'agora-chat', {
      code: 'TOKENS_WITHOUT_CHAT',
      severity: 'fatal',
      message:
        'agora-access-token makes version 006 tokens, which have no chat; agora-chat needs 007.',
      remedy: DROP_IN,
    }),
  (installed) =>
    ['agora-rtm-sdk', 'agora-rtm'].flatMap((name) =>
      Number.parseInt(installed.get(name) ?? '', 10) >= 2
        ? both(installed, 'agora-access-token', name, {
            code: 'TOKENS_OF_OLDER_VERSION',
            severity: 'warning',
            message: `agora-access-token makes version 006 tokens; ${name} ${installed.get(name)} is made for 007.`,
            remedy: DROP_IN,
          })
        : [],
    ),
  (installed) =>
    both(installed, 'agora-access-token', 'agora-token', {
      code: 'UNITS_DIFFER',
      severity: 'warning',
      message:
        'agora-access-token takes the timestamp at which a token ends, and agora-token how long it lives, in parameters of the same names.',
      remedy: 'Keep one of them; `rtc-token scan` finds the calls that mix them up.',
    }),
  (installed) =>
    only(installed, 'agora-access-token', 'agora-token', {
      code: 'TOKENS_OF_OLDER_VERSION',
      severity: 'info',
      message:
        'agora-access-token makes version 006 tokens, the older format, and is no longer developed.',
      remedy: DROP_IN,
    }),
  (installed) =>
    only(installed, 'agora-rtc-sdk', 'agora-rtc-sdk-ng', {
      code: 'SDK_OLD',
      severity: 'warning',
      message: 'agora-rtc-sdk is the Web SDK up to 3.x; agora-rtc-sdk-ng has replaced it.',
      remedy: 'Use agora-rtc-sdk-ng.',
    }),
  (installed) => {
    const ours = [...installed].filter(([name]) => name.startsWith('@rtc-token/'))
    if (new Set(ours.map(([, version]) => version)).size < 2) return []
    const listed = ours.map(([name, version]) => `${name} ${version}`).join(', ')
    const remedy = 'Install the same version of all of them.'
    return [
      {
        code: 'VERSIONS_DIFFER',
        severity: 'warning',
        message: `Expected one version of every @rtc-token package, got ${listed}.`,
        remedy,
      },
    ]
  },
]

function both(installed: Installed, one: string, other: string, finding: Finding): Finding[] {
  return installed.has(one) && installed.has(other) ? [finding] : []
}

function only(installed: Installed, one: string, other: string, finding: Finding): Finding[] {
  return installed.has(one) && !installed.has(other) ? [finding] : []
}
