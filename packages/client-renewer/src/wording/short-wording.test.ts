import { describe, expect, it } from 'vitest'
import * as short from './short-wording.ts'
import * as long from './wording.ts'

const TOKEN = `007${'eJxTYE+b'.repeat(20)}`

describe('the words of a page for production', () => {
  it('stand in for all of the long ones', () => {
    expect(Object.keys(short).toSorted()).toEqual(Object.keys(long).toSorted())
    expect(short.SERVICES).toHaveLength(long.SERVICES.length)
    for (const type of [1, 2, 5, 8]) expect(short.SERVICES[type]).toBe(long.SERVICES[type])
  })

  it('come without the checks of what an app passes', () => {
    const {
      allowFunctions,
      requireMembers,
      checkOptions,
    }: Pick<typeof long, 'allowFunctions' | 'requireMembers' | 'checkOptions'> = short
    expect(() => requireMembers({}, 'function', ['join'])).not.toThrow()
    expect(() => allowFunctions({ tracks: [] }, ['tracks'])).not.toThrow()
    expect(() => checkOptions({ rejoin: 'never' }, {})).not.toThrow()
  })

  it.each([
    [short.say('STOPPED'), 'STOPPED'],
    [short.say('JOIN_TIMEOUT', 10_000), 'JOIN_TIMEOUT 10000'],
    [short.say('REJOIN_FAILED', 'UID_CONFLICT: taken'), 'REJOIN_FAILED UID_CONFLICT: taken'],
    [short.noToken(TOKEN.slice(3)), 'a token expected, got string'],
    [short.noToken({ rtcToken: TOKEN }), 'a token expected, got object'],
    [
      short.otherToken('channel', 'room', ['lobby']),
      'a token for channel room expected, got lobby',
    ],
    [short.badOption('rejoin', 'never'), 'rejoin: never'],
    [short.noAnswer('Failed to fetch'), 'token endpoint: Failed to fetch'],
    [short.badAnswer(new Response('x', { status: 403 }), 'denied'), 'HTTP 403 denied'],
    [
      short.badAnswer(new Response('x', { status: 502 }), undefined),
      'HTTP 502 text/plain;charset=UTF-8',
    ],
  ])('say %j', (said, words) => {
    expect(said).toBe(words)
  })
})
