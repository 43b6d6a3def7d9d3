import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInPairs } from './run.mjs'
import { publicPackages, ROOT } from './workspace.mjs'

/** What the declarations of the optional parts are written against. */
export const TYPES_OF_PEERS = [
  '@opentelemetry/api@1',
  '@types/node@20',
  '@types/react@19',
  'ioredis@5',
  'prom-client@15',
  'rate-limiter-flexible@11',
  'react@19',
]

/** The ways in which TypeScript finds packages: each has a `tsconfig.<name>.json` in the project. */
const RESOLUTIONS = ['nodenext', 'node16', 'bundler']
const COMMONJS_SINCE = { 'commonjs-nodenext': 5.8, 'commonjs-node20': 5.9 }
const COMPILE = fileURLToPath(new URL('compile.mjs', import.meta.url))

/**
 * Compiles the type tests, and every entry point, in a project that has the packages installed.
 *
 * @param {string} app
 * @param {readonly string[]} versions of TypeScript, such as `5.4`
 * @param {readonly string[]} resolutions
 */
export async function checkTypes(app, versions, resolutions = RESOLUTIONS) {
  writeFileSync(join(app, 'types', 'entries.ts'), publicPackages().flatMap(entriesOf).join('\n'))
  await runInPairs(
    versions.flatMap((version) => compilation(app, version, resolutions)),
    app,
  )
}

/**
 * Compiles CommonJS in TypeScript, with each version that can.
 *
 * @param {string} app
 * @param {readonly string[]} versions
 */
export async function checkCommonJs(app, versions) {
  const able = Object.entries(COMMONJS_SINCE).flatMap(([project, since]) =>
    versions
      .filter((version) => Number(version) >= since)
      .flatMap((version) => compilation(app, version, [project])),
  )
  await runInPairs(able, app)
}

/**
 * How to start a version of TypeScript.
 *
 * @param {string} app
 * @param {string} version
 * @param {readonly string[]} names of projects
 * @returns {readonly (readonly string[])[]}
 */
function compilation(app, version, names) {
  const folder = join(ROOT, 'tools', 'typescripts', 'node_modules', `typescript-${version}`)
  const projects = names.map((name) => join(app, `tsconfig.${name}.json`))
  const compiler = join(folder, 'lib', 'typescript.js')
  if (existsSync(compiler)) return [[COMPILE, compiler, ...projects]]
  // From 7.0 on it cannot be asked from JavaScript, and is fast enough to check everything.
  return projects.map((project) => [join(folder, 'bin', 'tsc'), '-p', project])
}

/** @param {{ readonly manifest: import('./workspace.mjs').Manifest }} source */
function entriesOf({ manifest: { name, exports = {} } }) {
  return Object.keys(exports)
    .filter((entry) => !entry.endsWith('.json'))
    .map(
      (entry) =>
        `export * as ${(name + entry).replaceAll(/\W/g, '_')} from '${name}${entry.slice(1)}'`,
    )
}
