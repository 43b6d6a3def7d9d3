import { existsSync } from 'node:fs'

const INSTALLED: readonly string[] = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]

/** Finds an installed Firefox: the one that `FIREFOX_PATH` names, else one where systems put it. */
export function findFirefox(): string | undefined {
  const named = process.env['FIREFOX_PATH']
  return [...(named ? [named] : []), ...INSTALLED].find((path) => existsSync(path))
}
