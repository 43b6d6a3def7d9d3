import { beforeEach, describe, expect, it, vi } from 'vitest'

import { HOSTILE } from '../../../test/support/hostile-throws.ts'
import { LimiterFailure } from '../../limit/guarded-limiter.ts'
import { logFailure } from './log-failure.ts'

const logger = { error: vi.fn(), warn: vi.fn() }

beforeEach(() => {
  vi.clearAllMocks()
})

describe('logFailure', () => {
  it('logs what fails in a request as an error', () => {
    const error = new Error('no')
    logFailure(logger, error, 'r-1')
    expect(logger.error.mock.calls).toEqual([
      [{ type: 'request.failed', requestId: 'r-1', err: error }],
    ])
    expect(logger.warn).not.toHaveBeenCalled()
  })

  it.each(HOSTILE)('logs %s, without a request id where there is no request', (_name, thrown) => {
    logFailure(logger, thrown, '')
    const [line] = logger.error.mock.calls[0] as [{ readonly err: unknown }]
    expect(Object.keys(line)).toEqual(['type', 'err'])
    expect(line.err === thrown).toBe(true)
  })

  it('warns of a limit that cannot be counted, without a stack and what could be a secret', () => {
    logFailure(logger, new LimiterFailure('subject', new Error(`x ${'a1'.repeat(16)}`)), '')
    expect(logger.warn.mock.calls).toEqual([
      [
        { type: 'limiter.failing', limit: 'subject', reason: 'x [hidden]' },
        'limits.perSubject: its store fails',
      ],
    ])
    expect(logger.error).not.toHaveBeenCalled()
  })

  it('leaves requests that are refused for it to the lines of their decisions', () => {
    logFailure(logger, new LimiterFailure('ip', new Error('no')), 'r-1')
    expect(logger.error).not.toHaveBeenCalled()
    expect(logger.warn).not.toHaveBeenCalled()
  })
})
