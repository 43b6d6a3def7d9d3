import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { type FoundChromium, unpackChromium } from './unpack-chromium.ts'

const INSTALLED: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => [
    `${process.env[name]}\\Google\\Chrome\\Application\\chrome.exe`,
    `${process.env[name]}\\Microsoft\\Edge\\Application\\msedge.exe`,
  ]),
  linux: ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'],
}

/**
 * Finds a Chromium: the one that `CHROME_PATH` names; Playwright's own if it was installed; on
 * Linux x64 the one that an npm package ships; else an installed Chrome, Chromium, Edge or Brave.
 *
 * @throws when none is found; the message says how to get one
 */
export async function findChromium(): Promise<FoundChromium> {
  const named = process.env['CHROME_PATH']
  if (named) return asIs(mustExist(named))
  const own = chromium.executablePath()
  if (existsSync(own)) return asIs(own)
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium()
  const installed = INSTALLED[process.platform]?.find((path) => existsSync(path))
  if (installed) return asIs(installed)
  throw new Error(
    'No Chromium found for the browser tests. Install Chrome, or run `npx playwright-core install chromium`, or set CHROME_PATH to one.',
  )
}

function asIs(executablePath: string): FoundChromium {
  return { executablePath, env: {} }
}

function mustExist(path: string): string {
  if (existsSync(path)) return path
  throw new Error('CHROME_PATH names a file that does not exist.')
}
