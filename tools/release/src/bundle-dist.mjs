#!/usr/bin/env node
// Run in the folder of a package as `bundle-dist [layer …]`: makes one file of each entry point, since Node takes
// longer to find and link a file than to read what is in it. See docs/decisions/0016-bundled-entry-points.md.

import { dirname, join, relative, resolve, sep } from 'node:path'
import { rolldown } from 'rolldown'
import { manifestOf, pathsIn, rawAddress, refOf, ROOT } from './workspace.mjs'

/** @import { OutputOptions, Plugin } from 'rolldown' */

const folder = process.cwd()
const manifest = manifestOf(folder)
const entries = new Map([...entryNames()].map((name) => [name, join(folder, 'src', `${name}.ts`)]))
/** @type {Map<string, readonly string[]>} what each module imports */
const imports = new Map()

const bundle = await rolldown({
  cwd: folder,
  input: Object.fromEntries(entries),
  platform: 'neutral',
  // Other packages, and this one by its own name or by `#name`: whose conditions hold is not known before it is used.
  external: /^[^./]/,
  transform: { target: 'es2023' },
  checks: { moduleLevelDirective: false },
  plugins: [rememberImports()],
})
await bundle.write(outputOptions(process.argv.slice(2)))

/** The files of `dist` that users and their tools load by name. */
function entryNames() {
  const { exports = {}, imports: inner = {}, bin = {} } = manifest
  const paths = [exports, inner, bin].flatMap(pathsIn)
  return new Set(paths.flatMap((path) => /^\.\/dist\/(.+)\.js$/.exec(path)?.[1] ?? []))
}

/** @returns {Plugin} */
function rememberImports() {
  return {
    name: 'remember-imports',
    buildEnd() {
      for (const id of this.getModuleIds())
        imports.set(id, this.getModuleInfo(id)?.importedIds ?? [])
    },
  }
}

/**
 * Each layer is an entry point. What it has in common with other entry points is one file, as far as no layer
 * before it has it: an entry point does not load what only later layers need.
 *
 * @param {readonly string[]} layers
 * @returns {OutputOptions}
 */
function outputOptions(layers) {
  return {
    dir: join(folder, 'dist'),
    cleanDir: true,
    chunkFileNames: 'shared/[name].js',
    codeSplitting: { groups: layers.map(layerOf) },
    comments: { annotation: true, legal: true, jsdoc: false },
    sourcemap: true,
    sourcemapExcludeSources: true,
    sourcemapPathTransform: addressOf,
  }
}

/**
 * @param {string} name
 * @param {number} index
 * @param {readonly string[]} layers
 */
function layerOf(name, index, { length }) {
  const entry = entries.get(name)
  if (entry === undefined) throw new Error(`${manifest.name} has no entry point ${name}`)
  /** @type {ReadonlySet<string> | undefined} */
  let reached
  return {
    name,
    priority: length - index,
    minShareCount: 2,
    test: (/** @type {string} */ id) => (reached ??= reachedFrom(entry)).has(id) && !isEntry(id),
  }
}

/** @param {string} entry */
function reachedFrom(entry) {
  const reached = new Set([entry])
  for (const id of reached) for (const imported of imports.get(id) ?? []) reached.add(imported)
  return reached
}

/** @param {string} id */
function isEntry(id) {
  return [...entries.values()].includes(id)
}

/**
 * Where a debugger finds a source: in the repository, at the version that is built.
 *
 * @param {string} source
 * @param {string} map
 */
function addressOf(source, map) {
  const path = relative(ROOT, resolve(dirname(map), source)).replaceAll(sep, '/')
  return `${rawAddress()}${refOf(manifest.version)}/${path}`
}
