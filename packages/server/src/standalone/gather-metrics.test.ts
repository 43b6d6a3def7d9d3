import type { Worker } from 'node:cluster'
import { EventEmitter } from 'node:events'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { gatherMetrics } from './gather-metrics.ts'

type Sent = (error: Error | null) => void

/** A worker that does this when it is asked. */
function workerThat(act: (worker: EventEmitter, sent: Sent) => void, isConnected = true): Worker {
  const worker = new EventEmitter()
  const send = (_message: unknown, sent: Sent) => act(worker, sent)
  return Object.assign(worker, { isConnected: () => isConnected, send }) as unknown as Worker
}

const answering = (metrics: object) =>
  workerThat((worker) => {
    worker.emit('message', { type: 'prom-client:other' })
    worker.emit('message', { type: 'rtc-token:metrics', metrics })
  })
const silent = () => workerThat(() => {})

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('gatherMetrics', () => {
  it('takes the answers of all', async () => {
    expect(await gatherMetrics([answering([1]), answering([2])])).toEqual([[1], [2]])
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each<[string, Worker]>([
    ['ends', workerThat((worker) => worker.emit('exit'))],
    ['has ended', workerThat(() => {}, false)],
    ['cannot be asked any more', workerThat((_worker, sent) => sent(new Error('EPIPE')))],
  ])('does not wait for one that %s', async (_what, worker) => {
    expect(await gatherMetrics([worker, answering([1])])).toEqual([[1]])
    expect(worker.listenerCount('message') + worker.listenerCount('exit')).toBe(0)
  })

  it('waits a second for one that does not answer', async () => {
    const worker = silent()
    const settled = vi.fn()
    const gathered = gatherMetrics([worker, answering([1])]).then(settled)
    await vi.advanceTimersByTimeAsync(999)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await gathered
    expect(settled).toHaveBeenCalledExactlyOnceWith([[1]])
    expect(worker.listenerCount('message') + worker.listenerCount('exit')).toBe(0)
  })

  it('fails when none answers', async () => {
    const gathered = expect(gatherMetrics([silent()])).rejects.toThrow('no worker answers')
    await vi.advanceTimersByTimeAsync(1000)
    await gathered
    await expect(gatherMetrics([])).rejects.toThrow('no worker answers')
  })
})
