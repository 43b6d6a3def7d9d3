import { setImmediate } from 'node:timers/promises'

/** Requests that keep coming. */
export interface Load {
  /** Resolves when so many more have been answered. */
  answered(more: number): Promise<void>
  /** Ends it; what was answered otherwise than with something `ok`, and the longest wait. */
  stop(): Promise<{ readonly odd: readonly unknown[]; readonly slowestMs: number }>
}

const WORKERS = 10

type Ask = (subject: string) => unknown

/** Has ten workers ask in the name of ever new subjects. */
export function startLoad(ask: Ask): Load {
  const seen = { count: 0, slowestMs: 0, odd: [] as unknown[], stopped: false }
  const work = async (): Promise<void> => {
    while (!seen.stopped) {
      const began = performance.now()
      const answer = await answerOf(ask, `subject ${seen.count}`)
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - began)
      if (!isOk(answer)) seen.odd.push(answer)
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

async function answerOf(ask: Ask, subject: string): Promise<unknown> {
  try {
    return await ask(subject)
  } catch (error) {
    return error
  }
}

function isOk(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true
}

async function reach(seen: { readonly count: number }, count: number): Promise<void> {
  while (seen.count < count) await setImmediate()
}
