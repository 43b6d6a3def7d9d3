import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { asyncKeys, type AsyncKeysOptions, type LoadCertificates } from './async-keys.ts'
import type { KeyRing } from './key-ring.ts'
import type { Certificates } from './key-set.ts'

const A = '5CFd2fd1755d40ecb72977518be15d3b'
const B = 'b0daae2ff3d84c3c8a8ea5bbd9a7b9c1'

let now = 0
const failures: unknown[] = []

beforeEach(() => {
  vi.useFakeTimers()
  now = 0
  failures.length = 0
})

afterEach(() => {
  vi.useRealTimers()
})

function ring(load: LoadCertificates, options: AsyncKeysOptions = {}): KeyRing {
  const onError = (error: unknown): void => void failures.push(error)
  return asyncKeys(load, { clock: () => now, onError, ...options })
}

async function certificates(keys: KeyRing): Promise<string[]> {
  return (await keys.verifiers()).map(({ certificate }) => certificate)
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
}

describe('asyncKeys', () => {
  it.each<[string | Certificates, string[]]>([
    [A, [A]],
    [{ primary: A }, [A]],
    [{ primary: A, secondary: B }, [A, B]],
    [{ primary: A, secondary: B, sign: 'secondary' }, [B, A]],
  ])('makes keys of what was loaded', async (loaded, expected) => {
    const keys = ring(async () => loaded)
    expect(await certificates(keys)).toEqual(expected)
    expect(await keys.signer()).toMatchObject({ certificate: expected[0] })
  })

  it('loads nothing before keys are asked for', () => {
    const load = vi.fn(async () => A)
    ring(load)
    expect(load).not.toHaveBeenCalled()
  })

  it('lets the first requests share one load, and answers the later ones at once', async () => {
    const load = vi.fn(async () => A)
    const keys = ring(load)
    await Promise.all([keys.signer(), keys.verifiers(), keys.signer()])
    expect(load).toHaveBeenCalledOnce()
    expect(keys.signer()).toMatchObject({ certificate: A })
    expect(keys.verifiers()).toMatchObject([{ certificate: A }])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('refreshes in the background, once, when its time has come', async () => {
    const load = vi.fn(async () => B).mockResolvedValueOnce(A)
    const keys = ring(load)
    await keys.signer()
    now = 299_999
    expect(keys.signer()).toMatchObject({ certificate: A })
    expect(load).toHaveBeenCalledTimes(1)
    now = 300_000
    expect(keys.signer()).toMatchObject({ certificate: A })
    expect(keys.signer()).toMatchObject({ certificate: A })
    expect(load).toHaveBeenCalledTimes(2)
    await settle()
    expect(keys.signer()).toMatchObject({ certificate: B })
    now = 599_999
    expect(keys.signer()).toMatchObject({ certificate: B })
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('refreshes as often as it is told', async () => {
    const load = vi.fn(async () => A)
    const keys = ring(load, { refreshSeconds: 1 })
    await keys.signer()
    now = 1000
    await keys.signer()
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('keeps the last good keys while the source is down, and tries every second', async () => {
    const load = vi.fn(async () => A)
    const keys = ring(load)
    await keys.signer()
    load.mockRejectedValue(new Error('vault is sealed'))
    for (now of [300_000, 300_999, 301_000, 302_000]) {
      expect(keys.signer()).toMatchObject({ certificate: A })
      await settle()
    }
    expect(load).toHaveBeenCalledTimes(4)
    const message = 'asyncKeys: load failed: vault is sealed'
    expect(failures).toEqual([expect.objectContaining({ message })])
    load.mockResolvedValue(B)
    now = 303_000
    await keys.signer()
    await settle()
    expect(keys.signer()).toMatchObject({ certificate: B })
  })

  it('keeps the last good keys when what was loaded makes no sense', async () => {
    const load = vi.fn<LoadCertificates>(async () => 'half').mockResolvedValueOnce(A)
    const keys = ring(load)
    await keys.signer()
    now = 300_000
    expect(keys.signer()).toMatchObject({ certificate: A })
    await settle()
    expect(keys.signer()).toMatchObject({ certificate: A })
    expect(failures).toEqual([expect.objectContaining({ code: 'APP_CERTIFICATE_INVALID' })])
  })

  it('refuses while no load has succeeded, and tries again after a second', async () => {
    const load = vi.fn(async () => A).mockRejectedValueOnce(new Error('no route'))
    const keys = ring(load)
    const message = 'asyncKeys: load failed: no route'
    const waiting = [keys.signer(), keys.verifiers()]
    for (const promise of waiting) await expect(promise).rejects.toThrow(new Error(message))
    now = 999
    await expect(keys.signer()).rejects.toThrow(message)
    expect(load).toHaveBeenCalledTimes(1)
    now = 1000
    expect(await certificates(keys)).toEqual([A])
  })

  it('stops waiting after the time limit, and tells the load', async () => {
    let given: AbortSignal | undefined
    const load = (signal: AbortSignal): Promise<string> => {
      given = signal
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')))
      })
    }
    const outcome = expect(ring(load, { timeoutMs: 50 }).signer()).rejects.toThrow(
      'asyncKeys: load failed: no answer within 50 ms',
    )
    await vi.advanceTimersByTimeAsync(49)
    expect(given?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await outcome
    expect(given?.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('starts no second load while one hangs', async () => {
    const load = vi.fn<LoadCertificates>(() => new Promise(() => {})).mockResolvedValueOnce(A)
    const keys = ring(load, { timeoutMs: 5000 })
    await keys.signer()
    for (now of [300_000, 400_000]) expect(keys.signer()).toMatchObject({ certificate: A })
    expect(load).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(5000)
    now = 401_000
    expect(keys.signer()).toMatchObject({ certificate: A })
    expect(load).toHaveBeenCalledTimes(3)
    await vi.advanceTimersByTimeAsync(5000)
  })

  it('counts what a load throws at once as a failure of it', async () => {
    const throws = (): never => {
      throw new Error('not connected')
    }
    await expect(ring(throws).signer()).rejects.toThrow('asyncKeys: load failed: not connected')
  })

  it.each<[unknown, string]>([
    [undefined, 'asyncKeys: what load returned: object expected, got undefined'],
    [5e31, 'asyncKeys: what load returned: object expected, got number'],
    [
      { primary: A, secondry: B },
      'asyncKeys: what load returned: only primary, secondary, sign expected, got secondry',
    ],
    [{}, 'asyncKeys: the primary certificate is not set'],
    [{ primary: A, secondary: '' }, 'asyncKeys: the secondary certificate is not set'],
    [
      { primary: A, sign: 'secondary' },
      "asyncKeys: sign is 'secondary', but asyncKeys: the secondary certificate is not set",
    ],
  ])('refuses the answer %j', async (loaded, message) => {
    const keys = ring(async () => loaded as string)
    await expect(keys.signer()).rejects.toThrow(message)
  })

  it.each<[unknown, unknown, string]>([
    [A, {}, 'asyncKeys: load: function expected, got string'],
    [async () => A, null, 'asyncKeys: object expected, got null'],
    [
      async () => A,
      { refresh: 1 },
      'asyncKeys: only refreshSeconds, timeoutMs, onError, clock expected, got refresh',
    ],
    [
      async () => A,
      { refreshSeconds: 0 },
      'asyncKeys: refreshSeconds: integer 1 to 86400 expected, got 0',
    ],
    [
      async () => A,
      { refreshSeconds: '5' },
      'asyncKeys: refreshSeconds: integer 1 to 86400 expected, got string',
    ],
    [
      async () => A,
      { timeoutMs: 2 ** 31 },
      'asyncKeys: timeoutMs: integer 1 to 2147483647 expected, got 2147483648',
    ],
    [async () => A, { clock: 1 }, 'asyncKeys: clock: function expected, got number'],
    [async () => A, { onError: 'log' }, 'asyncKeys: onError: function expected, got string'],
  ])('stops the start at %o with %j', (load, options, message) => {
    expect(() => asyncKeys(load as LoadCertificates, options as AsyncKeysOptions)).toThrow(
      new TypeError(message),
    )
  })
})
