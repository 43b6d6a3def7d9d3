import { describe, expect, it } from 'vitest'
import { RenewError, toRenewError } from './errors.ts'

describe('a RenewError', () => {
  it.each([
    ['an error', new Error('invalid token'), 'invalid token'],
    ['a text', 'DYNAMIC_KEY_EXPIRED', 'DYNAMIC_KEY_EXPIRED'],
    ['an object of a message', { type: 56, message: 'expired' }, 'expired'],
    ['an object of a reason', { reason: 'SAME_UID_LOGIN' }, 'SAME_UID_LOGIN'],
    ['a code alone', { code: -17 }, '-17'],
    ['an error without a message', new Error(), 'no reason given'],
    ['undefined', undefined, 'no reason given'],
    ['a number', -17, '-17'],
  ])('says what was thrown: %s', (_, cause, words) => {
    const error = toRenewError(cause, 'REJOIN')
    expect(error).toMatchObject({ code: 'REJOIN_FAILED', message: `rejoin failed: ${words}` })
    expect(error.cause).toBe(cause)
  })

  it.each(['006', '007'])('has no %s token in its message', (version) => {
    const token = `${version}${'eJxTYE+b/4='.repeat(9)}`
    expect(toRenewError(`GET /join?token=${token}&uid=7`, 'JOIN').message).toBe(
      'join failed: GET /join?token=…&uid=7',
    )
  })

  it.each(['%2F', String.raw`\/`])('has no token in which a slash is %j', (slash) => {
    const token = `007eJxT${slash}${'eJxTYE+b'.repeat(9)}`
    expect(toRenewError(new Error(`wss://a/?t=${token}&uid=7`), 'JOIN').message).toBe(
      'join failed: wss://a/?t=…&uid=7',
    )
  })

  it('has the members of a problem document only if there is one', () => {
    expect(Object.keys(new RenewError('STOPPED', ''))).not.toContain('detail')
    const problem = { detail: 'no', requestId: 'r1' }
    expect(new RenewError('SOURCE_DENIED', '', { problem })).toMatchObject(problem)
  })
})
