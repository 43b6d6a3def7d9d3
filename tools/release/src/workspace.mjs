import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What of a package.json is looked at.
 *
 * @typedef {string | { readonly [condition: string]: Target }} Target
 * @typedef {{ readonly type?: string, readonly url: string, readonly directory?: string }} Repository
 * @typedef {{
 *   readonly name: string,
 *   readonly version: string,
 *   readonly private?: boolean,
 *   readonly description?: string,
 *   readonly license?: string,
 *   readonly author?: string,
 *   readonly homepage?: string,
 *   readonly keywords?: readonly string[],
 *   readonly bugs?: { readonly url: string },
 *   readonly repository?: Repository,
 *   readonly engines?: { readonly node?: string },
 *   readonly type?: string,
 *   readonly sideEffects?: boolean | readonly string[],
 *   readonly main?: string,
 *   readonly types?: string,
 *   readonly unpkg?: string,
 *   readonly jsdelivr?: string,
 *   readonly bin?: string | Readonly<Record<string, string>>,
 *   readonly exports?: Readonly<Record<string, Target>>,
 *   readonly imports?: Readonly<Record<string, Target>>,
 *   readonly scripts?: Readonly<Record<string, string>>,
 *   readonly publishConfig?: { readonly access?: string, readonly provenance?: boolean },
 *   readonly dependencies?: Readonly<Record<string, string>>,
 *   readonly peerDependencies?: Readonly<Record<string, string>>,
 *   readonly devDependencies?: Readonly<Record<string, string>>,
 * }} Manifest
 */

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * Reads a package.json.
 *
 * @param {string} folder
 * @returns {Manifest}
 */
export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/**
 * The packages that are published, dependencies first: what lies in `packages` and is not private.
 *
 * @param {string} root
 * @returns {readonly { readonly folder: string, readonly directory: string, readonly manifest: Manifest }[]}
 */
export function publicPackages(root = ROOT) {
  const found = readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}`)
    .filter((directory) => existsSync(join(root, directory, 'package.json')))
    .map((directory) => ({ directory, folder: join(root, directory) }))
    .map(({ directory, folder }) => ({ directory, folder, manifest: manifestOf(folder) }))
    .filter(({ manifest }) => !manifest.private)
  const names = found.map(({ manifest }) => manifest.name)
  /** @param {{ readonly manifest: Manifest }} item */
  const needs = ({ manifest }) =>
    names.filter((name) => name in (manifest.dependencies ?? {})).length
  return found.toSorted((one, other) => needs(one) - needs(other))
}

/**
 * The address of the repository, such as `https://github.com/owner/name`. It is written in the root's
 * package.json; a test holds every other place to it.
 */
export function repositoryAddress(root = ROOT) {
  const url = manifestOf(root).repository?.url ?? ''
  const [, address] = /^git\+(https:\/\/\S+)\.git$/.exec(url) ?? []
  if (address === undefined) throw new Error(`The root has no usable repository.url: "${url}"`)
  return address
}

/** Where the files of the repository are served as they are, by branch or tag. */
export function rawAddress(address = repositoryAddress()) {
  return `https://raw.githubusercontent.com${new URL(address).pathname}/`
}

/**
 * The paths that a target of `exports` or `imports` leads to.
 *
 * @param {Target} target
 * @returns {readonly string[]}
 */
export function pathsIn(target) {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(pathsIn)
}

/**
 * The branch or tag that links of a version point to: until something is released, to what there is.
 *
 * @param {string} version
 */
export function refOf(version) {
  return version === '0.0.0' ? 'main' : `v${version}`
}
