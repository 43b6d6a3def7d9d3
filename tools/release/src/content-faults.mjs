import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import ts from 'typescript-6.0'
import { pathsIn } from './workspace.mjs'

/** @import { Manifest } from './workspace.mjs' */

/** @typedef {ReadonlyMap<string, string>} Files the text of each file, by its path in the package */

const ALWAYS = new Set(['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'])
const CODE = /\.(?:js|d\.ts|ts)$/
const FROM_NODE = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]))

/**
 * What is wrong with the files of a package: some that no export reaches, some that are referred to and
 * missing, and imports of what would not be installed.
 *
 * @param {Manifest} manifest
 * @param {Files} files
 * @returns {readonly string[]}
 */
export function contentFaults(manifest, files) {
  const reached = reachedFiles(manifest, files)
  const missing = [...reached].filter((path) => !files.has(path))
  const idle = unreachedFiles(manifest, files)
  return [
    ...missing.map((path) => `${manifest.name} refers to ${path}, which is not in the package`),
    ...idle.map(
      (path) =>
        `${manifest.name} has ${path}, which no export reaches and its README does not name`,
    ),
    ...foreignImports(manifest, files, reached),
  ]
}

/**
 * The files that neither an export nor the README leads to.
 *
 * @param {Manifest} manifest
 * @param {Files} files
 */
export function unreachedFiles(manifest, files) {
  const reached = reachedFiles(manifest, files)
  return [...files.keys()].filter((path) => !reached.has(path))
}

/**
 * @param {Manifest} manifest
 * @param {Files} files
 */
function reachedFiles(manifest, files) {
  const readme = files.get('README.md') ?? ''
  const named = [...files.keys()].filter((path) => ALWAYS.has(path) || readme.includes(path))
  const reached = new Set([...named, ...entries(manifest)])
  for (const path of reached) {
    const text = files.get(path)
    for (const target of text === undefined ? [] : referencesOf(path, text)) reached.add(target)
  }
  return reached
}

/** @param {Manifest} manifest */
function entries({ exports = {}, imports = {}, bin = {}, main, types, unpkg, jsdelivr }) {
  const single = [main, types, unpkg, jsdelivr].filter((path) => path !== undefined)
  return [exports, imports, bin, ...single].flatMap(pathsIn).map((path) => posix.normalize(path))
}

/**
 * The files of the package that a file refers to.
 *
 * @param {string} path
 * @param {string} text
 * @returns {readonly string[]}
 */
function referencesOf(path, text) {
  const names = path.endsWith('.map') ? sourcesOf(text) : CODE.test(path) ? namesIn(text) : []
  return names
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(path), name))
    .map((target) => (path.endsWith('.d.ts') ? target.replace(/\.[jt]s$/, '.d.ts') : target))
    .map((target) => target.replace('.d.d.ts', '.d.ts'))
}

/**
 * Sources that a map holds itself are not needed as files.
 *
 * @param {string} text
 * @returns {readonly string[]}
 */
export function sourcesOf(text) {
  /** @type {{ sources: readonly string[], sourcesContent?: readonly (string | null)[] }} */
  const { sources, sourcesContent = [] } = JSON.parse(text)
  return sources.filter((_, index) => typeof sourcesContent[index] !== 'string')
}

/**
 * @param {string} text
 * @returns {readonly string[]}
 */
function namesIn(text) {
  const [, map] = /^\/\/# sourceMappingURL=(\S+)$/m.exec(text) ?? []
  const asFile = map === undefined || map.startsWith('data:') ? [] : [`./${map}`]
  const urls = [...text.matchAll(/new URL\(['"](\.[^'"]+)['"], import\.meta\.url\)/g)]
  return [...specifiersOf(text), ...urls.map(([, name = '']) => name), ...asFile]
}

/** @param {string} text */
function specifiersOf(text) {
  const { importedFiles, referencedFiles } = ts.preProcessFile(text, true, true)
  return [...importedFiles, ...referencedFiles].map(({ fileName }) => fileName)
}

/**
 * @param {Manifest} manifest
 * @param {Files} files
 * @param {ReadonlySet<string>} reached
 */
function foreignImports({ name, dependencies = {}, peerDependencies = {} }, files, reached) {
  const installed = new Set([name, ...Object.keys(dependencies), ...Object.keys(peerDependencies)])
  const code = [...reached].filter((path) => CODE.test(path) && !path.startsWith('src/'))
  return code.flatMap((path) =>
    specifiersOf(files.get(path) ?? '')
      .filter((specifier) => !/^[.#]/.test(specifier) && !FROM_NODE.has(specifier))
      .filter((specifier) => !specifier.includes(':') && !installed.has(packageOf(specifier)))
      .map(
        (specifier) =>
          `${name}: ${path} imports "${specifier}", which is neither a dependency nor a peer`,
      ),
  )
}

/** @param {string} specifier */
function packageOf(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
