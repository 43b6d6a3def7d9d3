import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Ask, Wish } from './policy.ts'
import { unsafeAllowEveryone } from './unsafe-allow-everyone.ts'

const WISH: Wish = { services: ['rtc'], channel: 'room-42', role: 'publisher', ttl: 3600 }
const { signal } = new AbortController()
const quiet = (): void => undefined

function ask(wish: Partial<Wish> = {}): Ask<{ id: string }> {
  const subject = { id: 'everyone' }
  return { subject, intent: 'mint', wish: { ...WISH, ...wish }, params: {}, signal }
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('unsafeAllowEveryone', () => {
  it('lets everyone have what they wish, and marks it', async () => {
    const { authenticate, authorize } = unsafeAllowEveryone({ warn: quiet })
    expect(await authenticate(new Request('http://localhost/'), { signal })).toEqual({
      id: 'everyone',
    })
    expect(await authorize(ask({ identity: { uid: 7 } }))).toEqual({
      allow: true,
      identity: { uid: 7 },
      role: 'publisher',
      tags: { unsafe: 'allow-everyone' },
    })
  })

  it('gives a uid by chance to who sends no identity', async () => {
    const { authorize } = unsafeAllowEveryone({ warn: quiet })
    const decisions = await Promise.all([authorize(ask()), authorize(ask())])
    expect(decisions[0]).toMatchObject({ identity: { uid: expect.any(Number) } })
    expect(decisions[0]).not.toEqual(decisions[1])
  })

  it('warns once, when it is made', async () => {
    const print = vi.spyOn(console, 'warn').mockImplementation(quiet)
    const { authorize } = unsafeAllowEveryone()
    await authorize(ask())
    await authorize(ask())
    expect(print.mock.calls).toEqual([[expect.stringContaining('unsafeAllowEveryone')]])
  })

  it.each([
    'production',
    'Production',
    ' production ',
    'prod',
    'live',
    'staging',
    'preview',
    'ci',
    'developer',
    'development2',
    'dev',
    'tests',
    'undefined',
    '0',
    'Development',
    ' test',
    ' ',
  ])('refuses to start in %j', (mode) => {
    vi.stubEnv('NODE_ENV', mode)
    const warn = vi.fn()
    const message =
      "unsafeAllowEveryone: iKnow: 'publishes tokens to the internet' expected where NODE_ENV is neither development nor test"
    expect(() => unsafeAllowEveryone({ warn })).toThrow(new TypeError(message))
    expect(() => unsafeAllowEveryone({ warn, iKnow: 'yes' as never })).toThrow(TypeError)
    expect(warn).not.toHaveBeenCalled()
  })

  it.each(['development', 'test', '', undefined])('starts with a warning in %j', (mode) => {
    vi.stubEnv('NODE_ENV', mode)
    const warn = vi.fn()
    unsafeAllowEveryone({ warn })
    expect(warn).toHaveBeenCalledTimes(1)
  })

  it('starts in production where it is said what that does', () => {
    vi.stubEnv('NODE_ENV', 'production')
    const warn = vi.fn()
    unsafeAllowEveryone({ warn, iKnow: 'publishes tokens to the internet' })
    expect(warn).toHaveBeenCalledTimes(1)
  })

  it('starts on hosts without a process', () => {
    vi.stubGlobal('process', undefined)
    const start = (): unknown => unsafeAllowEveryone({ warn: quiet })
    expect(start).not.toThrow()
  })

  it('stops the start at an option it does not know', () => {
    expect(() => unsafeAllowEveryone({ iknow: true } as never)).toThrow(TypeError)
  })
})
