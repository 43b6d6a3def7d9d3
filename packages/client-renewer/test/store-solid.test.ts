import type * as Solid from 'solid-js'
// In Node the package is its server build, whose effects do not run again.
// @ts-expect-error -- the file has no declarations; its exports are those of the package
import * as browser from 'solid-js/dist/solid.js'
import { expect, it } from 'vitest'
import { type RenewalState, renewalStore } from '../src/store/index.ts'
import { session } from './support/session.ts'

const { createRenderEffect, createRoot, from }: typeof Solid = browser

/** What a component shows, as docs/stores.md writes it, and what ends the component. */
function shown(store: ReturnType<typeof renewalStore>) {
  return createRoot((end) => {
    const texts: (string | undefined)[] = []
    const renewal: Solid.Accessor<RenewalState | undefined> = from(store)
    createRenderEffect(() => void texts.push(renewal()?.error?.message ?? renewal()?.phase))
    return { texts, end }
  })
}

it('is followed by from() of Solid, until the component ends', async () => {
  const { renewer } = session()
  const { texts, end } = shown(renewalStore(renewer))
  expect(texts).toEqual(['idle'])
  await renewer.join()
  expect(texts).toEqual(['idle', 'joining', 'fresh'])
  end()
  await renewer.leave()
  expect(texts).toEqual(['idle', 'joining', 'fresh'])
})
