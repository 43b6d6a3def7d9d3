import { type ConfigFile, readConfigFile } from './config-file.ts'
import type { Config, Environment } from './config.ts'
import { readConfig } from './read-config.ts'

/** The configuration of a server. @internal */
export interface Setup {
  readonly config: Config
  /** Options of `createTokenHandler` that a config module exports. */
  readonly options: ConfigFile['options']
  readonly env: Environment
}

/**
 * Reads the config file, if there is one, and the environment.
 *
 * @internal
 * @throws {ConfigError} when one of them is invalid
 */
export async function readSetup(path: string | undefined, env: Environment): Promise<Setup> {
  const { settings, options } = await readConfigFile(path)
  return { config: readConfig(env, settings), options, env }
}
