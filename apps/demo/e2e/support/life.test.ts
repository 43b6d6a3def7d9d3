import type { Page } from 'playwright-core'
import { expect, it, vi } from 'vitest'
import { expectInTime, lifeNow, noteAnswers } from './life.ts'

/** A page that answers once, after so long, and is closed then. */
function pageOf(answerMs: number): Page {
  let isClosed = false
  const evaluate = () =>
    new Promise((resolve) => {
      isClosed = true
      setTimeout(resolve, answerMs)
    })
  return { isClosed: () => isClosed, evaluate } as unknown as Page
}

it('lengthens lives after a late answer, excuses a failure, and forgets in two minutes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
  const answer = async (answerMs: number) => {
    const noted = noteAnswers(pageOf(answerMs))
    await vi.advanceTimersByTimeAsync(answerMs + 500)
    await noted
  }
  await answer(900)
  expect(lifeNow()).toBe(12)
  expect(expectInTime).not.toThrow()
  await answer(2000)
  expect(lifeNow()).toBe(24)
  expect(expectInTime).toThrow('pages answered late: 2.0 s')
  await answer(20_000)
  expect(lifeNow()).toBe(40)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(expectInTime).not.toThrow()
  expect(lifeNow()).toBe(12)
})
