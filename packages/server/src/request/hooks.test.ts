import { HookRunner } from './hooks.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

describe('HookRunner', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const request = new Request('http://localhost/')
  const never = (): Promise<never> => new Promise(() => {})

  it('passes on an answer and leaves no timer behind', async () => {
    const hooks = new HookRunner(request, 50)
    expect(await hooks.run('authorize', () => 'yes')).toBe('yes')
    expect(await hooks.run('authorize', async () => 'yes')).toBe('yes')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('passes on what a hook throws, at once or later', async () => {
    const hooks = new HookRunner(request, 50)
    const error = new Error('down')
    const throws = (): never => {
      throw error
    }
    expect(() => hooks.run('authorize', throws)).toThrow(error)
    await expect(hooks.run('authorize', async () => throws())).rejects.toBe(error)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('stops waiting after the time limit and names the hook', async () => {
    const waiting = new HookRunner(request, 50).run('authorize', never)
    const outcome = expect(waiting).rejects.toMatchObject({
      code: 'policy_timeout',
      cause: { message: 'authorize did not answer within 50 ms' },
    })
    await vi.advanceTimersByTimeAsync(49)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    await outcome
  })

  // `await` would wait for any of these.
  it.each<[string, object]>([
    ['an object', {}],
    ['a function', () => 0],
  ])('stops waiting for %s that has a then', async (_kind, answer) => {
    const thenable = Object.assign(answer, { then() {} }) // oxlint-disable-line unicorn/no-thenable -- such are tested
    const waiting = new HookRunner(request, 50).run<unknown>('authorize', () => thenable)
    const outcome = expect(waiting).rejects.toMatchObject({ code: 'policy_timeout' })
    await vi.advanceTimersByTimeAsync(50)
    await outcome
  })

  it.each<[string, unknown]>([
    ['a function', () => 0],
    ['an object whose then is no function', JSON.parse('{"then":"soon"}')],
    ['nothing', null],
    ['text', 'yes'],
  ])('takes %s for an answer', (_kind, answer) => {
    expect(new HookRunner(request, 50).run('authorize', () => answer)).toBe(answer)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('counts as timed out a hook that gives up because of the signal', async () => {
    const hooks = new HookRunner(request, 50)
    const { signal } = hooks
    const waiting = hooks.run(
      'authorize',
      () =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        ),
    )
    const outcome = expect(waiting).rejects.toMatchObject({ code: 'policy_timeout' })
    await vi.advanceTimersByTimeAsync(50)
    await outcome
    expect(signal.aborted).toBe(true)
  })

  it('gives an aborted signal to a hook that asks for it too late', async () => {
    const hooks = new HookRunner(request, 50)
    const outcome = expect(hooks.run('authorize', never)).rejects.toThrow()
    await vi.advanceTimersByTimeAsync(50)
    await outcome
    expect(hooks.signal.aborted).toBe(true)
  })

  it('does not trip over a hook that rejects after its time', async () => {
    const hooks = new HookRunner(request, 50)
    const late = (): Promise<never> =>
      new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), 60))
    const outcome = expect(hooks.run('authorize', late)).rejects.toMatchObject({
      code: 'policy_timeout',
    })
    await vi.advanceTimersByTimeAsync(60)
    await outcome
  })

  it('aborts when the caller goes, and at once when they have gone', () => {
    const caller = new AbortController()
    const abortable = new Request('http://localhost/', { signal: caller.signal })
    const { signal } = new HookRunner(abortable, 50)
    expect(signal.aborted).toBe(false)
    caller.abort()
    expect(signal.aborted).toBe(true)
    expect(new HookRunner(abortable, 50).signal.aborted).toBe(true)
  })
})
