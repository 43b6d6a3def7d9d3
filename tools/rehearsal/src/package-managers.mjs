import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '@rtc-token/release/run'
import { withoutNpm } from './without-npm.mjs'

const BIN = fileURLToPath(new URL('../node_modules/.bin', import.meta.url))

/**
 * How each package manager adds packages to a project.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const ADD = {
  npm: ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts'],
  // pnpm holds back what is younger than a day, which is what has just been published.
  pnpm: ['pnpm', 'add', '--ignore-scripts', '--config.minimumReleaseAge=0'],
  yarn: [join(BIN, 'yarn'), 'add', '--non-interactive', '--no-progress', '--ignore-scripts'],
  bun: [join(BIN, 'bun'), 'add', '--ignore-scripts'],
}

/** The package managers that users may have. */
export const PACKAGE_MANAGERS = Object.keys(ADD)

/**
 * Makes an empty project whose packages come from a registry.
 *
 * @param {string} folder
 * @param {string} registry
 */
export function emptyProject(folder, registry) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  writeFileSync(join(folder, '.npmrc'), `registry=${registry}\n`)
}

/**
 * Adds packages to a project with a package manager.
 *
 * @param {string} manager
 * @param {readonly string[]} names
 * @param {string} folder
 */
export function add(manager, names, folder) {
  const [command = '', ...args] = ADD[manager] ?? []
  const caches = {
    YARN_CACHE_FOLDER: join(folder, '.cache'),
    BUN_INSTALL_CACHE_DIR: join(folder, '.cache'),
  }
  run(command, [...args, ...names], folder, { ...withoutNpm(process.env), ...caches })
}
