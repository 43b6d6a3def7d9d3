import { setImmediate } from 'node:timers/promises'

import type { LimitGuard } from '../../../src/limit/limit-guard.ts'

/** Requests that keep coming. */
export interface Load {
  /** Resolves when so many more have been answered. */
  answered(more: number): Promise<void>
  /** Ends it; what was answered otherwise than with an `ok` state, and the longest wait. */
  stop(): Promise<{ readonly odd: readonly unknown[]; readonly slowestMs: number }>
}

const WORKERS = 10

/** Has ten workers check the limits of ever new subjects. */
export function startLoad(guard: LimitGuard): Load {
  const seen = { count: 0, slowestMs: 0, odd: [] as unknown[], stopped: false }
  const work = async (): Promise<void> => {
    while (!seen.stopped) {
      const began = performance.now()
      const state = await answerOf(guard, `subject ${seen.count}`)
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - began)
      if (!isOk(state)) seen.odd.push(state)
      seen.count += 1
      // Answers that come at once must not keep Redis from being heard.
      await setImmediate()
    }
  }
  const workers = Array.from({ length: WORKERS }, work)
  return {
    answered: (more) => reach(seen, seen.count + more),
    stop: async () => {
      seen.stopped = true
      await Promise.all(workers)
      return seen
    },
  }
}

async function answerOf(guard: LimitGuard, subject: string): Promise<unknown> {
  try {
    return await guard.check('subject', subject)
  } catch (error) {
    return error
  }
}

function isOk(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'ok' in state && state.ok === true
}

async function reach(seen: { readonly count: number }, count: number): Promise<void> {
  while (seen.count < count) await setImmediate()
}
