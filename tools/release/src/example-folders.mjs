import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn } from './tarball.mjs'
import { ROOT } from './workspace.mjs'

// In a package.json `"@rtc-token/core": "^0.1.0"`, in a deno.json `"npm:@rtc-token/core@^0.1.0/inspect"`.
const OUR_RANGE = /((?:@rtc-token\/[\w-]+|rtc-token)(?:": "|@))\^[^"/]+/g
const MANIFEST = /(?:^|\/)(?:package|deno)\.json$/

/** The examples: folders of `examples` with a package.json, by their names. */
export function examplesIn(root = ROOT) {
  const folder = join(root, 'examples')
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json')))
}

/**
 * What of an example people copy: the text of each file, by its path from there with `/`. What its `.gitignore` names
 * stays, such as the variables of whoever tries it here.
 *
 * @param {string} name
 * @returns {Readonly<Record<string, string>>}
 */
export function filesOf(name, root = ROOT) {
  const folder = join(root, 'examples', name)
  const ignored = ignoredBy(readFileSync(join(folder, '.gitignore'), 'utf8'))
  const paths = pathsIn(folder, ignored).toSorted()
  return Object.fromEntries(paths.map((path) => [path, textOf(join(folder, path))]))
}

/**
 * Whether a `.gitignore` of names, with `*` in them and `/` behind those of folders, names a file or folder.
 *
 * @param {string} rules
 * @returns {(name: string) => boolean}
 */
function ignoredBy(rules) {
  const names = rules.split('\n').filter((rule) => rule !== '' && !rule.startsWith('#'))
  if (names.some((rule) => /[!?[\]\\]|\/./.test(rule)))
    throw new Error('.gitignore: names expected')
  const patterns = [...names, 'package-lock.json'].map((rule) =>
    rule.replace(/\/$/, '').replaceAll('.', '\\.').replaceAll('*', '.*'),
  )
  const pattern = new RegExp(`^(?:${patterns.join('|')})$`)
  return (name) => pattern.test(name)
}

/**
 * @param {string} folder
 * @param {(name: string) => boolean} ignored
 * @returns {readonly string[]}
 */
function pathsIn(folder, ignored, prefix = '') {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !ignored(name))
    .flatMap((entry) => {
      const path = `${prefix}${entry.name}`
      if (entry.isDirectory()) return pathsIn(join(folder, entry.name), ignored, `${path}/`)
      return entry.isFile() ? [path] : []
    })
}

/** @param {string} path */
function textOf(path) {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  if (!Buffer.from(text).equals(bytes)) throw new Error(`${path}: a text in UTF-8 expected`)
  return text
}

/**
 * The files of an example that say which versions it wants.
 *
 * @param {string} name
 */
export function manifestsOf(name, root = ROOT) {
  const folder = join(root, 'examples', name)
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return paths
    .filter((path) => MANIFEST.test(path) && !path.includes('node_modules'))
    .map((path) => join(folder, path))
}

/**
 * Such a file as it is once a version is released.
 *
 * @param {string} manifest
 * @param {string} version
 */
export function withRanges(manifest, version) {
  return manifest.replaceAll(OUR_RANGE, `$1^${version}`)
}

/**
 * Throws unless a folder has what `rtc-token init` makes of an example: its files, byte for byte, with our packages at the
 * version that they ask for.
 *
 * @param {string} folder which has the name of the example
 * @param {Readonly<Record<string, string>>} example its files
 */
export function expectTemplate(folder, example) {
  const wanted = Object.entries(example).map(([path, text]) => [
    path,
    MANIFEST.test(path) ? text.replaceAll(OUR_RANGE, (range) => range.replace('^', '')) : text,
  ])
  assert.deepEqual(Object.fromEntries(filesIn(folder)), Object.fromEntries(wanted))
}
