import type { Authorizer } from './policy.ts'
import { describe, expect, it, vi } from 'vitest'

import { applyDecision } from './apply-decision.ts'
import { allow, type Ask, type Decision, deny, type Wish } from './policy.ts'
import { reportOnly, type ReportOnlyOptions } from './report-only.ts'

const START = Date.parse('2026-11-21T00:00:00Z')
const DAY = 86_400_000
const WISH: Wish = {
  services: ['rtc'],
  channel: 'room-42',
  identity: { account: 'alice' },
  role: 'publisher',
  ttl: 3600,
}

function ask(wish: Wish = WISH, signal = new AbortController().signal): Ask<string> {
  return { subject: 'alice', intent: 'mint', wish, params: { note: 'private' }, signal }
}

function trial(
  policy: Authorizer<string>,
  overrides: Partial<ReportOnlyOptions<string>> = {},
): {
  authorize: Authorizer<string>
  onReport: ReturnType<typeof vi.fn>
  setNow: (now: number) => void
} {
  let now = START
  const onReport = vi.fn()
  const options = { until: '2026-11-22', onReport, clock: () => now, ...overrides }
  const setNow = (moment: number): void => {
    now = moment
  }
  return { authorize: reportOnly(policy, options), onReport, setNow }
}

describe('reportOnly', () => {
  it('passes on what the policy grants', async () => {
    const grant = allow({ role: 'publisher', ttl: 60 })
    const { authorize, onReport } = trial(() => grant)
    expect(await authorize(ask())).toBe(grant)
    expect(onReport).not.toHaveBeenCalled()
  })

  it('names the project of what a denial would have refused', async () => {
    const project = vi.fn(() => 'eu')
    const { authorize } = trial(() => deny(), { project })
    expect(await authorize(ask())).toMatchObject({ allow: true, project: 'eu', role: 'publisher' })
    expect(project).toHaveBeenCalledWith(ask(WISH, expect.any(AbortSignal)))
    expect(() => trial(() => deny(), { project: 'eu' as never })).toThrow(
      new TypeError('reportOnly project: function expected'),
    )
  })

  it('grants as wished what the policy refuses, and reports it', async () => {
    const { authorize, onReport } = trial(async () => deny('channel_forbidden', 'not your room'))
    expect(applyDecision(await authorize(ask()), WISH)).toMatchObject(WISH)
    expect(onReport.mock.calls).toEqual([
      [
        {
          subject: 'alice',
          intent: 'mint',
          wish: WISH,
          code: 'channel_forbidden',
          detail: 'not your room',
          endsIn: 86_400,
        },
      ],
    ])
  })

  it.each([
    [allow({ role: 'subscriber', ttl: 60 }), 'role_forbidden'],
    [allow({ identity: { account: 'bob' }, ttl: 60 }), 'identity_forbidden'],
    [allow({ identity: { uid: 7 }, role: 'subscriber', ttl: 60 }), 'identity_forbidden'],
  ])('grants as wished what %o refuses, and keeps the rest', async (grant, code) => {
    const { authorize, onReport } = trial(() => grant)
    expect(applyDecision(await authorize(ask()), WISH)).toMatchObject({ ...WISH, ttl: 60 })
    expect(onReport).toHaveBeenCalledWith(expect.objectContaining({ code }))
  })

  it('keeps the identity that the policy chooses', async () => {
    const { identity: _identity, ...wish } = WISH
    const { authorize } = trial(() => allow({ identity: { uid: 7 }, role: 'subscriber' }))
    const signed = applyDecision(await authorize(ask(wish)), wish)
    expect(signed).toMatchObject({ identity: { uid: 7 }, role: 'publisher' })
  })

  it('reports nothing where the request itself is at fault', async () => {
    const { identity: _identity, ...wish } = WISH
    const grant = allow()
    const { authorize, onReport } = trial(() => grant)
    expect(await authorize(ask(wish))).toBe(grant)
    expect(onReport).not.toHaveBeenCalled()
  })

  it('passes on a role that is lowered by intent', async () => {
    const grant = allow({ role: 'subscriber', downgrade: true })
    const { authorize, onReport } = trial(() => grant)
    expect(await authorize(ask())).toBe(grant)
    expect(onReport).not.toHaveBeenCalled()
  })

  it('enforces by itself from the date on, also when the clock is set back', async () => {
    const { authorize, onReport, setNow } = trial(() => deny())
    setNow(START + DAY - 1)
    expect(await authorize(ask())).toMatchObject({ allow: true })
    expect(onReport).toHaveBeenLastCalledWith(expect.objectContaining({ endsIn: 1 }))
    setNow(START + DAY)
    expect(await authorize(ask())).toEqual(deny())
    setNow(START)
    expect(await authorize(ask())).toEqual(deny())
    expect(onReport).toHaveBeenCalledTimes(1)
  })

  it('enforces when it starts after the date', async () => {
    const { authorize } = trial(() => deny(), { until: '2026-01-01' })
    expect(await authorize(ask())).toEqual(deny())
  })

  it.each([
    () => {
      throw new Error('down')
    },
    () => Promise.reject(new Error('down')),
  ])('never makes a grant of a policy that throws', async (policy) => {
    const { authorize, onReport } = trial(policy)
    await expect(authorize(ask())).rejects.toThrow('down')
    expect(onReport).not.toHaveBeenCalled()
  })

  it('never makes a grant of a policy that ran out of time', async () => {
    const controller = new AbortController()
    const { authorize, onReport } = trial(async () => {
      controller.abort(new Error('out of time'))
      return deny()
    })
    await expect(authorize(ask(WISH, controller.signal))).rejects.toThrow('out of time')
    expect(onReport).not.toHaveBeenCalled()
  })

  it.each([
    undefined,
    null,
    true,
    {},
    { allow: 'yes' },
    { allow: false, code: 'internal_error' },
    { allow: false, reason: 'x' },
    { allow: true, channel: 'other' },
    { allow: true, role: 'admin' },
    { allow: true, ttl: -1 },
  ])('never makes a grant of the nonsense %o', async (nonsense) => {
    const { authorize, onReport } = trial(() => nonsense as unknown as Decision)
    const decision = await authorize(ask())
    expect(decision).toBe(nonsense)
    expect(() => applyDecision(decision, WISH)).toThrow(TypeError)
    expect(onReport).not.toHaveBeenCalled()
  })

  it.each([
    () => {
      throw new Error('log is full')
    },
    () => Promise.reject(new Error('log is full')),
  ])('grants nothing that could not be reported', async (onReport) => {
    const { authorize } = trial(() => deny(), { onReport })
    await expect(authorize(ask())).rejects.toThrow('log is full')
  })

  it.each(['2026-11-22', '2026-11-22T00:00:00Z', '2026-11-22T01:00+01:00', new Date(START + DAY)])(
    'takes the date %o',
    async (until) => {
      const { authorize, setNow } = trial(() => deny(), { until })
      setNow(START + DAY - 1)
      expect(await authorize(ask())).toMatchObject({ allow: true })
      setNow(START + DAY)
      expect(await authorize(ask())).toEqual(deny())
    },
  )

  it('lasts 90 days at most', () => {
    expect(() => trial(() => deny(), { until: new Date(START + 90 * DAY) })).not.toThrow()
    expect(() => trial(() => deny(), { until: new Date(START + 90 * DAY + 1) })).toThrow(
      new TypeError('reportOnly until: at most 90 days ahead expected'),
    )
  })

  it.each([
    [{ until: undefined }, 'reportOnly until: Date or ISO date expected'],
    [{ until: 'next year' }, 'reportOnly until: Date or ISO date expected'],
    [{ until: '12/24/2026' }, 'reportOnly until: Date or ISO date expected'],
    [{ until: '2026-11-22T00:00:00' }, 'reportOnly until: Date or ISO date expected'],
    [{ until: '2026-13-01' }, 'reportOnly until: Date or ISO date expected'],
    [{ until: START + DAY }, 'reportOnly until: Date or ISO date expected'],
    [{ until: new Date(Number.NaN) }, 'reportOnly until: Date or ISO date expected'],
    [{ onReport: undefined }, 'reportOnly onReport: function expected'],
    [{ clock: 0 }, 'reportOnly clock: function expected'],
    [
      { untill: 0 },
      'reportOnly options: only until, onReport, project, clock expected, got untill',
    ],
  ])('stops the start at %o', (spoilt, message) => {
    const start = (): unknown => trial(() => deny(), spoilt as object)
    expect(start).toThrow(new TypeError(message))
  })

  it('stops the start without a policy', () => {
    expect(() => trial(undefined as never)).toThrow('reportOnly policy: function expected')
  })
})
