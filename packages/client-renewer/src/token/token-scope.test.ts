import { chat, createToken, rtc, rtm } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'
import { readToken } from './read-token.ts'
import type { TokenScope } from '../session-adapter.ts'
import { checkScope } from './token-scope.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const call = rtc({ channel: 'room', uid: 7, role: 'publisher' })

function check(services: Parameters<typeof createToken>[0]['services'], scope: TokenScope): void {
  checkScope(readToken(createToken({ appId, appCertificate, ttl: 60, services }))!, scope)
}

describe('checkScope', () => {
  it.each<[string, Parameters<typeof check>[0], TokenScope]>([
    ['the same channel and user', [call], { service: 'rtc', appId, channel: 'room', user: 7 }],
    ['a user that is not known yet', [call], { service: 'rtc', channel: 'room' }],
    ['the user 0 of a session', [call], { service: 'rtc', channel: 'room', user: 0 }],
    ['a stream channel', [call], { service: 'rtm-stream', channel: 'room', user: '7' }],
    ['messaging beside a call', [call, rtm({ userId: 'anna' })], { service: 'rtm', user: 'anna' }],
    ['a chat user by another id', [chat({ userId: 'uuid' })], { service: 'chat', user: 'anna' }],
  ])('lets %s through', (_, services, scope) => {
    expect(() => check(services, scope)).not.toThrow()
  })

  it.each<[string, Parameters<typeof check>[0], TokenScope]>([
    ['App ID', [call], { service: 'rtc', appId: 'a'.repeat(32) }],
    ['channel', [call], { service: 'rtc', channel: 'other' }],
    ['user', [call], { service: 'rtc', channel: 'room', user: 8 }],
    ['user', [rtm({ userId: 'anna' })], { service: 'rtm', user: 'bert' }],
    ['service', [call], { service: 'rtm', user: '7' }],
  ])('refuses another %s', (what, services, scope) => {
    const expected = { code: 'GRANT_SCOPE', message: expect.stringContaining(what) as string }
    expect(() => check(services, scope)).toThrow(expect.objectContaining(expected))
  })
})
