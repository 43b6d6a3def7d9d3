import { access, readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

import { isJsonObject, type JsonObject } from '../../checks/kind.ts'
import { OPTION_NAMES } from '../../options/resolve-options.ts'
import { ConfigError } from './config-error.ts'

/** The content of a config file. @internal */
export interface ConfigFile {
  /** Members that are settings or unknown. */
  readonly settings: JsonObject
  /** Members for `createTokenHandler`; only a module can have them. */
  readonly options: JsonObject
}

const JSON_FILE = /^(\.json)?$/i
const MODULE = /^\.[cm]?[jt]s$/i
const POSSIBLE =
  'JSON (.json) with settings or a module (.mjs, .js, .cjs; .ts and .mts from Node 22.18 on)'

// Options that a module cannot set: the server sets them itself, and `services` is a setting.
const RESERVED: ReadonlySet<string> = new Set(['services', 'health', 'clock', 'random'])
const MODULE_OPTIONS = new Set(OPTION_NAMES.filter((name) => !RESERVED.has(name)))

/**
 * Reads a config file: JSON with settings, or a module whose default export or named exports are settings
 * and options of `createTokenHandler`.
 *
 * @internal
 * @throws {ConfigError} when it cannot be read, or is neither JSON nor a module
 */
export async function readConfigFile(path: string | undefined): Promise<ConfigFile> {
  if (path === undefined) return { settings: {}, options: {} }
  const extension = extname(path)
  if (JSON_FILE.test(extension)) return { settings: await readJson(path), options: {} }
  if (!MODULE.test(extension)) throw new ConfigError(`${path}: ${POSSIBLE} expected`)
  const members = Object.entries(await readModule(path))
  return {
    settings: Object.fromEntries(members.filter(([name]) => !MODULE_OPTIONS.has(name))),
    options: Object.fromEntries(members.filter(([name]) => MODULE_OPTIONS.has(name))),
  }
}

async function readJson(path: string): Promise<JsonObject> {
  const json = parse(await orConfigError(path, () => readFile(path, 'utf8')))
  if (isJsonObject(json)) return json
  // Without the parser's message, which quotes the file.
  throw new ConfigError(`${path}: JSON object expected`)
}

async function readModule(path: string): Promise<JsonObject> {
  const module = await orConfigError<JsonObject>(path, async () => {
    await access(path)
    return import(/* @vite-ignore */ pathToFileURL(resolve(path)).href)
  })
  const { default: standard = { ...module } } = module
  if (isJsonObject(standard)) return standard
  throw new ConfigError(`${path}: object expected as its default export`)
}

async function orConfigError<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw new ConfigError(`${path} cannot be read: ${reasonOf(error)}`, { cause: error })
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  if (!('code' in error) || error.code !== 'ERR_UNKNOWN_FILE_EXTENSION') return error.message
  return `Node ${process.versions.node} does not read TypeScript; ${POSSIBLE} expected`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
