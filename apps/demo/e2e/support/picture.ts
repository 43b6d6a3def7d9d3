import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Scene } from './scene.ts'
import type { ScreenName } from './screens.ts'

// The images of the docs. They are taken in every run, and written with UPDATE_SCREENSHOTS=1 only.

const IMAGES = fileURLToPath(new URL('../../../../docs/images', import.meta.url))
const isWritten = process.env['UPDATE_SCREENSHOTS'] === '1'
const MOST_BYTES = 200_000
const FEWEST_COLOURS = 32

/** How a screen looks in its image. */
export const PICTURE = {
  viewport: { width: 1200, height: 900 },
  colorScheme: 'light',
} as const

/** Takes the image of a screen, which is to show something. */
export async function takePicture(scene: Scene, name: ScreenName): Promise<void> {
  if (isWritten && name === 'call') await passTime(scene)
  const image = await scene.page.screenshot()
  expect(image.length).toBeLessThan(MOST_BYTES)
  expect(await countColours(scene.page, image)).toBeGreaterThan(FEWEST_COLOURS)
  if (isWritten) await write(name, image)
}

/** Lets the timeline fill: a renewal, an outage, and the tries until it is over. */
async function passTime({ seen, until, logged, turnTokenServer }: Scene): Promise<void> {
  await until('renewed', 2)
  await turnTokenServer('Down')
  await logged('Try 2 failed')
  await turnTokenServer('Up')
  await until('renewed', seen('renewed').length + 2)
}

async function countColours(page: Page, image: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    canvas?.drawImage(bitmap, 0, 0)
    const data = canvas?.getImageData(0, 0, bitmap.width, bitmap.height).data
    return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size
  }, image.toString('base64'))
}

async function write(name: ScreenName, image: Buffer): Promise<void> {
  await mkdir(IMAGES, { recursive: true })
  await writeFile(`${IMAGES}/${name}.png`, image)
}
