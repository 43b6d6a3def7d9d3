import { launchChromium } from '@rtc-token/chromium'
import type { TestProject } from 'vitest/node'
import { type Bundle, bundlePage } from './page-bundle.ts'
import { openScene } from './scene.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly bundle: Bundle
    readonly joinSeconds: number
  }
}

let removeBundle: (() => Promise<void>) | undefined

/** Runs once before the browser tests: bundles the page, and sees how fast it joins. */
export async function setup({ provide }: TestProject): Promise<void> {
  const { remove, outDir } = await bundlePage()
  removeBundle = remove
  const joinSeconds = await timeJoin({ outDir })
  process.stdout.write(`e2e: a page joins within ${joinSeconds.toFixed(1)} s\n`)
  provide('bundle', { outDir })
  provide('joinSeconds', joinSeconds)
}

/** Runs once after them. */
export async function teardown(): Promise<void> {
  await removeBundle?.()
}

async function timeJoin(bundle: Bundle): Promise<number> {
  const browser = await launchChromium()
  const startedAt = performance.now()
  const scene = await openScene(browser, bundle)
  const seconds = (performance.now() - startedAt) / 1000
  await scene.close()
  await browser.close()
  return seconds
}
