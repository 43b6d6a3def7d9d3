import { afterEach, expect, it, vi } from 'vitest'

import { withDeadline, within } from './deadline.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

it('says whether something came in time', async () => {
  expect(await within(1000, Promise.resolve())).toBe(true)
  expect(await within(0, new Promise(() => {}))).toBe(false)
})

it('does not wait when the time is over, and asks for no negative timer', async () => {
  const timer = vi.spyOn(globalThis, 'setTimeout')
  expect(await within(-0.5, new Promise(() => {}))).toBe(false)
  expect(timer.mock.calls[0]?.[1]).toBe(0)
})

it('begins no timer for an answer that is there at once', async () => {
  const timer = vi.spyOn(globalThis, 'setTimeout')
  expect(await withDeadline(1000, Promise.resolve('granted'), () => {})).toBe('granted')
  await expect(withDeadline(1000, Promise.reject(new Error('no')), () => {})).rejects.toThrow('no')
  expect(timer).not.toHaveBeenCalled()
})
