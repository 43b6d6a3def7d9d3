import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.mjs'
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

/**
 * Compiles the type tests, and every entry point, in a project that has the packages installed.
 *
 * @param {string} app
 * @param {readonly string[]} versions of TypeScript
 * @param {readonly string[]} projects files such as `tsconfig.json`
 */
export function checkTypes(app, versions, projects = ['tsconfig.json']) {
  writeFileSync(join(app, 'types', 'entries.ts'), publicPackages().flatMap(entriesOf).join('\n'))
  for (const version of versions) {
    const compiler = join(ROOT, 'tools', 'typescripts', 'node_modules', `typescript-${version}`)
    for (const project of projects) {
      run(process.execPath, [join(compiler, 'bin', 'tsc'), '-p', join(app, project)], app)
    }
  }
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
