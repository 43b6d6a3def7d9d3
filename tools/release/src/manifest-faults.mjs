/** @import { Manifest, Target } from './workspace.mjs' */

// Below it, `require` of an ES module fails.
const NODE = '^20.19 || >=22.12'
const RUNS_AT_INSTALL = ['preinstall', 'install', 'postinstall', 'prepare']

/**
 * What is wrong with a manifest of a published package, in sentences.
 *
 * @param {Manifest} manifest
 * @param {{ readonly address: string, readonly directory: string }} place where its source is
 * @returns {readonly string[]}
 */
export function manifestFaults(manifest, { address, directory }) {
  return [
    ...expectedFields(manifest, address, directory),
    ...exportFaults(manifest),
    ...scriptFaults(manifest),
  ]
}

/**
 * What is wrong with the ranges of a manifest as it is uploaded.
 *
 * @param {Manifest} manifest
 * @returns {readonly string[]}
 */
export function rangeFaults({ dependencies = {}, peerDependencies = {} }) {
  const ranges = Object.entries({ ...dependencies, ...peerDependencies })
  return [
    ...ranges
      .filter(([, range]) => /^(?:workspace|catalog|file|link|portal):/.test(range))
      .map(([name, range]) => `${name} has the range "${range}", which only a workspace knows`),
    ...Object.entries(dependencies)
      .filter(([, range]) => (/^\D/.test(range) ? !/^(?:\^|\w+:)/.test(range) : true))
      .map(([name, range]) => `${name} has the range "${range}": a caret lets users share a copy`),
  ]
}

/**
 * @param {Manifest} manifest
 * @param {string} address
 * @param {string} directory
 */
function expectedFields(manifest, address, directory) {
  const { name, keywords = [], repository, publishConfig } = manifest
  const expected = {
    'repository.url': [repository?.url, `git+${address}.git`],
    'repository.type': [repository?.type, 'git'],
    'repository.directory': [repository?.directory, directory],
    homepage: [manifest.homepage, `${address}/tree/main/${directory}#readme`],
    'bugs.url': [manifest.bugs?.url, `${address}/issues`],
    'engines.node': [manifest.engines?.node, NODE],
    'publishConfig.access': [publishConfig?.access, 'public'],
    'publishConfig.provenance': [publishConfig?.provenance, true],
    license: [manifest.license, 'MIT'],
    type: [manifest.type, 'module'],
    'that it has an author': [Boolean(manifest.author), true],
    'that it has a description': [Boolean(manifest.description), true],
    'that it says which files have side effects': [manifest.sideEffects !== undefined, true],
    'that people who search for agora find it': [keywords.includes('agora'), true],
  }
  return Object.entries(expected)
    .filter(([, [is, should]]) => is !== should)
    .map(([field, [is, should]]) => `${name}: expected ${field} to be "${should}", got "${is}"`)
}

/** @param {Manifest} manifest */
function exportFaults({ name, exports = {}, main, types }) {
  const entries = Object.entries(exports).filter(([, target]) => typeof target === 'object')
  const faults = entries
    .filter(([, target]) => !isInOrder(Object.keys(target)))
    .map(([entry]) => `${name}: "types" of ${entry} is not first, or "default" not last`)
  const [top = {}] = entries.filter(([entry]) => entry === '.').map(([, target]) => target)
  if (targetOf(top, 'default') !== main) faults.push(`${name}: "main" is not what "." leads to`)
  if (targetOf(top, 'types') !== types) faults.push(`${name}: "types" is not what "." leads to`)
  return faults
}

/**
 * The conditions that only this workspace knows come before and are taken away when it is packed.
 *
 * @param {readonly string[]} conditions
 */
function isInOrder(conditions) {
  const known = conditions.filter((condition) => !condition.startsWith('@'))
  return known[0] === 'types' && known.at(-1) === 'default'
}

/**
 * @param {Target} target
 * @param {string} condition
 */
function targetOf(target, condition) {
  return typeof target === 'object' ? target[condition] : undefined
}

/** @param {Manifest} manifest */
function scriptFaults({ name, scripts = {} }) {
  return RUNS_AT_INSTALL.filter((script) => script in scripts).map(
    (script) => `${name}: the script "${script}" would run where it is installed`,
  )
}
