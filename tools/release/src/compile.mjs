// Run as `node compile.mjs <TypeScript> <tsconfig …>`: what tsc would say of the project's own files and of
// our declarations. Those of other packages are read and not checked, which is most of the time.

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const [compiler = '', ...projects] = process.argv.slice(2)
/** @type {typeof import('typescript-6.0')} */
const ts = createRequire(import.meta.url)(compiler)
const found = projects.flatMap(diagnosticsOf)
const host = {
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => '\n',
  getCanonicalFileName: (/** @type {string} */ name) => name,
}
process.stdout.write(ts.formatDiagnostics(found, host))
process.exitCode = found.length === 0 ? 0 : 1

/** @param {string} project */
function diagnosticsOf(project) {
  const { config, error } = ts.readConfigFile(project, (path) => ts.sys.readFile(path))
  if (error) return [error]
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    dirname(project),
  )
  const program = ts.createProgram(fileNames, options)
  const ours = program.getSourceFiles().filter(({ fileName }) => isOurs(fileName, dirname(project)))
  if (ours.length <= fileNames.length) throw new Error(`${project} found no declarations of ours`)
  return [
    ...errors,
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ours.flatMap((file) => program.getSyntacticDiagnostics(file)),
    ...ours.flatMap((file) => program.getSemanticDiagnostics(file)),
  ]
}

/**
 * @param {string} file
 * @param {string} folder
 */
function isOurs(file, folder) {
  return (
    /\/node_modules\/(?:@rtc-token|rtc-token)\//.test(file) ||
    file.startsWith(join(folder, 'types')) ||
    file.startsWith(join(folder, 'commonjs'))
  )
}
