import { describe, expect, it, vi } from 'vitest'

import { combineTelemetry, type Telemetry } from './telemetry.ts'
import type { TokenEvent } from './token-event.ts'

const info = { requestId: 'r', route: '/v1/tokens', method: 'POST' }
const event: TokenEvent = { type: 'config.warning', time: 0, code: 'a', detail: 'b' }
const failing = (): never => {
  throw new Error('telemetry is down')
}

function tracing(name: string, lines: string[]): Telemetry {
  return {
    request: async (_info, run) => {
      lines.push(`${name} in`)
      return run().finally(() => lines.push(`${name} out`))
    },
    event: () => void lines.push(`${name} event`),
  }
}

const faults: Record<string, Telemetry['phase']> = {
  'throws at once': failing,
  'throws later': async () => failing(),
  'throws after the result': async (_name, run) => {
    await run()
    return failing()
  },
  'never calls run': async () => 'nothing' as never,
  'calls run twice': async (_name, run) => {
    await run()
    return run()
  },
  'returns something else': async (_name, run) => {
    await run()
    return 'something else' as never
  },
  'returns no promise': (() => 3) as never,
  'is not awaited by its own': (_name, run) => {
    void run().catch(() => {})
    return Promise.resolve('early' as never)
  },
}

describe('combineTelemetry', () => {
  it('surrounds from the first, outermost, to the last', async () => {
    const lines: string[] = []
    const both = combineTelemetry(tracing('a', lines), tracing('b', lines))
    const run = async (): Promise<number> => lines.push('run')
    expect(await both.request?.(info, run)).toBe(3)
    expect(lines).toEqual(['a in', 'b in', 'run', 'b out', 'a out'])
  })

  it('tells every part each event', () => {
    const lines: string[] = []
    combineTelemetry(tracing('a', lines), {}, tracing('b', lines)).event?.(event)
    expect(lines).toEqual(['a event', 'b event'])
  })

  it('has only the hooks that a part has, so that the others cost nothing', () => {
    expect(combineTelemetry()).toEqual({})
    expect(combineTelemetry({}, {})).toEqual({})
    expect(Object.keys(combineTelemetry({ event: () => {} }))).toEqual(['event'])
  })

  it('calls a hook as the method that it is', async () => {
    class Counting {
      #count = 0
      event(): void {
        this.#count += 1
      }
      async phase<T>(_name: string, run: () => Promise<T>): Promise<T> {
        this.#count += 1
        return run()
      }
      get count(): number {
        return this.#count
      }
    }
    const counting = new Counting()
    const combined = combineTelemetry(counting)
    combined.event?.(event)
    await combined.phase?.('sign', async () => {})
    expect(counting.count).toBe(2)
  })

  describe.each(Object.entries(faults))('with a part that %s', (_name, phase) => {
    const combined = combineTelemetry({ phase: async (_name, run) => run() }, { phase: phase! })

    it('runs once and returns the result', async () => {
      const run = vi.fn(async () => 'result')
      expect(await combined.phase?.('sign', run)).toBe('result')
      expect(run).toHaveBeenCalledTimes(1)
    })

    it('runs once and throws what the run throws', async () => {
      const error = new Error('policy is down')
      const run = vi.fn(() => Promise.reject(error))
      await expect(combined.phase?.('sign', run)).rejects.toBe(error)
      expect(run).toHaveBeenCalledTimes(1)
    })
  })

  it.each<() => void>([failing, () => Promise.reject(new Error('down'))])(
    'tells the others when one throws',
    async (broken) => {
      const unhandled = vi.fn()
      process.on('unhandledRejection', unhandled)
      const heard = vi.fn()
      expect(() =>
        combineTelemetry({ event: broken }, { event: heard }).event?.(event),
      ).not.toThrow()
      expect(heard).toHaveBeenCalledWith(event)
      await new Promise((resolve) => setImmediate(resolve))
      process.off('unhandledRejection', unhandled)
      expect(unhandled).not.toHaveBeenCalled()
    },
  )

  it('refuses what is no telemetry', () => {
    const combine = (part: unknown) => () => combineTelemetry(part as Telemetry)
    expect(combine(null)).toThrow(new TypeError('telemetry: object expected, got null'))
    expect(combine('otel')).toThrow(new TypeError('telemetry: object expected, got string'))
    const named = new TypeError('telemetry.event: function expected, got string')
    expect(combine({ event: 'log' })).toThrow(named)
  })
})
