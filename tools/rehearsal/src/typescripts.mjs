import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkCommonJs, checkTypes, TYPES_OF_PEERS } from '@rtc-token/release/typescripts'
import { ROOT } from '@rtc-token/release/workspace'
import { add, emptyProject } from './package-managers.mjs'

/**
 * Compiles the consumer's project with each TypeScript and each way to find packages.
 *
 * @param {string} app a folder that does not exist yet
 * @param {string} registry where our packages are
 */
export async function tryTypeScripts(app, registry) {
  emptyProject(app, registry)
  cpSync(join(ROOT, 'tools', 'release', 'consumer'), app, { recursive: true })
  const ours = ['@rtc-token/core', '@rtc-token/server', '@rtc-token/client-renewer']
  add('npm', [...ours, 'jose@6', 'pino@10', ...TYPES_OF_PEERS], app)
  const folders = readdirSync(join(ROOT, 'tools', 'typescripts', 'node_modules'))
  const versions = folders.flatMap((name) => /^typescript-(.+)$/.exec(name)?.[1] ?? [])
  await checkTypes(app, versions)
  await checkCommonJs(app, versions)
}
