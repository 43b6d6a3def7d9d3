import { build } from 'vite'
import { fileURLToPath } from 'node:url'

/** Builds the site before its tests, as it is published. */
export async function setup(): Promise<void> {
  const { NODE_ENV } = process.env
  process.env['NODE_ENV'] = 'production'
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'warn' })
  process.env['NODE_ENV'] = NODE_ENV
}
