import { availableParallelism } from 'node:os'
import { launchChromium } from '@rtc-token/chromium'
import type { TestProject } from 'vitest/node'
import { type Bundle, bundlePage } from './page-bundle.ts'
import { openScene } from './scene.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly bundle: Bundle
    readonly lifeSeconds: number
  }
}

/** A quarter of it is a whole number of seconds, which the page's switches can be set to. */
const LIFE_STEP_SECONDS = 4
const LEAST_LIFE_SECONDS = 12
/** Of the slowest join: it leaves a step of a scenario time on a machine that is twice as slow by then. */
const JOINS_PER_LIFE = 4

let removeBundle: (() => Promise<void>) | undefined

/** Runs once before the browser tests: bundles the page, and sees how fast this machine is. */
export async function setup({ config, provide }: TestProject): Promise<void> {
  const { remove, outDir } = await bundlePage()
  removeBundle = remove
  const joinSeconds = await slowestJoin({ outDir }, config.maxConcurrency)
  const steps = Math.ceil((JOINS_PER_LIFE * joinSeconds) / LIFE_STEP_SECONDS)
  const lifeSeconds = Math.max(LEAST_LIFE_SECONDS, steps * LIFE_STEP_SECONDS)
  process.stdout.write(
    `${config.maxConcurrency} pages at once join within ${joinSeconds.toFixed(1)} s on ${availableParallelism()} cores: tokens live ${lifeSeconds} s\n`,
  )
  provide('bundle', { outDir })
  provide('lifeSeconds', lifeSeconds)
}

/** Runs once after them. */
export async function teardown(): Promise<void> {
  await removeBundle?.()
}

/** Opens as many pages at once as tests will, and tells after how many seconds the last has joined. */
async function slowestJoin(bundle: Bundle, count: number): Promise<number> {
  const browser = await launchChromium()
  const startedAt = performance.now()
  const scenes = Array.from({ length: count }, async () => {
    const scene = await openScene(browser, bundle, { ttlSeconds: 300 })
    await scene.until('joined')
    return scene
  })
  const opened = await Promise.all(scenes)
  const seconds = (performance.now() - startedAt) / 1000
  await Promise.all(opened.map((scene) => scene.close()))
  await browser.close()
  return seconds
}
