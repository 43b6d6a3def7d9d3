import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { type AuditOptions, createAudit, type EventSink } from './audit.ts'
import type { TokenEvent } from './token-event.ts'

const base = {
  time: 0,
  requestId: 'r1',
  route: '/v1/tokens',
  ms: 1,
  phases: {},
  intent: 'mint',
} as const
const refused: TokenEvent = { ...base, type: 'token.denied', status: 403, code: 'forbidden' }
const issued: TokenEvent = {
  ...base,
  type: 'token.issued',
  status: 200,
  code: 'granted',
  role: 'publisher',
  services: ['rtc'],
  expiresIn: 60,
  keyId: '1a2b3c4d',
  tokenFingerprint: '5e6f7a8b',
}
const down = new Error('audit store is down')
const broken: Record<string, EventSink> = {
  'throws at once': () => {
    throw down
  },
  'throws later': () => Promise.reject(down),
}
const never: EventSink = () => new Promise(() => {})

function auditOf(required: boolean, onEvent: EventSink) {
  const onError = vi.fn<AuditOptions['onError']>()
  return { onError, audit: createAudit({ onEvent, required, timeoutMs: 50, onError }) }
}

describe('createAudit', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  describe('by default', () => {
    it('hands over the event without waiting', () => {
      const onEvent = vi.fn(never)
      const { audit } = auditOf(false, onEvent)
      expect(audit(issued)).toBeUndefined()
      expect(onEvent).toHaveBeenCalledWith(issued)
    })

    it.each(Object.entries(broken))('reports a sink that %s', async (_name, onEvent) => {
      const { audit, onError } = auditOf(false, onEvent)
      expect(() => audit(issued)).not.toThrow()
      await vi.advanceTimersByTimeAsync(0)
      expect(onError.mock.calls).toEqual([[down, 'r1']])
    })

    it('names no request where the event belongs to none', async () => {
      const { audit, onError } = auditOf(false, broken['throws at once']!)
      void audit({ type: 'key.changed', time: 0, keyId: '1a2b3c4d', verifierIds: [] })
      await vi.advanceTimersByTimeAsync(0)
      expect(onError.mock.calls).toEqual([[down, '']])
    })

    it('survives an onError that throws', async () => {
      const { audit, onError } = auditOf(false, broken['throws later']!)
      onError.mockRejectedValue(new Error('nobody listens'))
      const waitUntil = vi.fn<(promise: Promise<unknown>) => void>()
      void audit(issued, waitUntil)
      await expect(waitUntil.mock.calls[0]?.[0]).resolves.toBeUndefined()
    })

    it('gives the host nothing to wait for after a write that is done', () => {
      const { audit } = auditOf(false, () => {})
      const waitUntil = vi.fn()
      void audit(issued, waitUntil)
      expect(waitUntil).not.toHaveBeenCalled()
    })

    it('lets the host wait for the write', async () => {
      let finish = (): void => {}
      const { audit } = auditOf(false, () => new Promise((resolve) => (finish = resolve)))
      const settled = vi.fn()
      void audit(issued, (promise) => void promise.then(settled))
      await vi.advanceTimersByTimeAsync(1000)
      expect(settled).not.toHaveBeenCalled()
      finish()
      await vi.advanceTimersByTimeAsync(0)
      expect(settled).toHaveBeenCalled()
    })
  })

  describe('when required', () => {
    it('waits until the event is written', async () => {
      let finish = (): void => {}
      const { audit } = auditOf(true, () => new Promise((resolve) => (finish = resolve)))
      const settled = vi.fn()
      const waiting = Promise.resolve(audit(issued)).then(settled)
      await vi.advanceTimersByTimeAsync(49)
      expect(settled).not.toHaveBeenCalled()
      finish()
      await waiting
      expect(settled).toHaveBeenCalled()
    })

    it.each(Object.entries(broken))('holds a token back if the sink %s', async (_name, onEvent) => {
      const { audit, onError } = auditOf(true, onEvent)
      await expect(audit(issued)).rejects.toBe(down)
      expect(onError).not.toHaveBeenCalled()
    })

    it('holds a renewed token back as well', async () => {
      const { audit } = auditOf(true, broken['throws later']!)
      await expect(audit({ ...issued, type: 'token.renewed' })).rejects.toBe(down)
    })

    it('holds a token back when the write takes too long', async () => {
      const { audit } = auditOf(true, never)
      const outcome = expect(audit(issued)).rejects.toMatchObject({
        code: 'policy_timeout',
        cause: { message: 'onEvent did not answer within 50 ms' },
      })
      await vi.advanceTimersByTimeAsync(50)
      await outcome
    })

    it('waits for the event of a refusal, and only reports when it fails', async () => {
      const { audit, onError } = auditOf(true, broken['throws later']!)
      await expect(audit(refused)).resolves.toBeUndefined()
      expect(onError.mock.calls).toEqual([[down, 'r1']])
    })

    it('reports the event of a refusal that takes too long', async () => {
      const { audit, onError } = auditOf(true, never)
      const waiting = audit(refused)
      await vi.advanceTimersByTimeAsync(50)
      await waiting
      const late = expect.objectContaining({ message: 'onEvent did not answer within 50 ms' })
      expect(onError.mock.calls).toEqual([[late, 'r1']])
    })
  })
})
