import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { launchChromium } from '@rtc-token/chromium'
import { type ProgramRuntime, runProgram, serveWorker } from '@rtc-token/runtimes'
import { bundleRunner } from './bundle-runner.ts'
import type { Report } from './suite.ts'

/** Language and time zone of the machine, on which nothing may depend. */
export interface Place {
  /** As in `LANG`. */
  readonly language: string
  readonly timeZone: string
}

/** Runs the suite on a runtime that reads the sources and resolves every import by itself. */
export async function runOnSources(
  runtime: ProgramRuntime,
  runner: string,
  { language, timeZone }: Place,
): Promise<Report> {
  const file = resolve(import.meta.dirname, runner)
  const env = { TZ: timeZone, LANG: `${language}.UTF-8`, LC_ALL: `${language}.UTF-8` }
  const conditions = ['@rtc-token/source']
  const output = await runProgram(runtime, file, { conditions, env, timeoutMs: 120_000 })
  return JSON.parse(output) as Report
}

/** Runs the suite on the Node of the tests, which may be too old for TypeScript: from a bundle. */
export async function runOnNode(place: Place): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'))
  try {
    const file = join(folder, 'run.mjs')
    await writeFile(file, await bundleRunner('node'))
    return await runOnSources('node', file, place)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Runs the suite in a worker. */
export async function runOnWorkerd(): Promise<Report> {
  const { url, stop } = await serveWorker(await bundleRunner('workerd'))
  try {
    const response = await fetch(url)
    return (await response.json()) as Report
  } finally {
    await stop()
  }
}

/** Runs the suite in a page of Chromium, on `localhost` because WebCrypto asks for it. */
export async function runOnChromium({ language, timeZone }: Place): Promise<Report> {
  const [browser, body] = await Promise.all([launchChromium(), bundleRunner('browser')])
  try {
    const page = await browser.newPage({ locale: language, timezoneId: timeZone })
    await page.route('**/run.js', (route) =>
      route.fulfill({ body, contentType: 'text/javascript' }),
    )
    await page.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html' }))
    await page.goto('http://localhost/')
    return await page.evaluate(`import('/run.js').then(({ report }) => report)`)
  } finally {
    await browser.close()
  }
}
