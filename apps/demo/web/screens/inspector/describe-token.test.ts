import { createToken, rtc, rtm } from '@rtc-token/core'
import { decodeToken } from '@rtc-token/core/inspect'
import { describe, expect, it } from 'vitest'
import { describeToken, momentOf } from './describe-token.ts'

const PROJECT = { appId: 'a'.repeat(32), appCertificate: 'c'.repeat(32), salt: 1 }
const room = rtc({ channel: 'room', uid: 7, role: 'subscriber' })

describe('describeToken', () => {
  it('tells the effective end, which is not the one written', () => {
    const services = [rtc({ channel: 'room', uid: 7, privileges: { joinChannel: 60 } })]
    const token = createToken({ ...PROJECT, ttl: 600, issuedAt: 1000, services })
    const fields = new Map(describeToken(decodeToken(token)).fields)
    expect(fields.get('Lives')).toBe('600 s, as written')
    expect(fields.get('Effective end')).toBe(momentOf(1060))
  })

  it('tells each service with its names and privileges', () => {
    const services = [room, rtm({ userId: 'ann' })]
    const token = createToken({ ...PROJECT, ttl: 600, services })
    expect(describeToken(decodeToken(token)).grants).toEqual([
      {
        service: 'rtc',
        fields: [
          ['channel', 'room'],
          ['user', '7'],
          ['joinChannel', '600 s'],
        ],
      },
      {
        service: 'rtm',
        fields: [
          ['userId', 'ann'],
          ['login', '600 s'],
        ],
      },
    ])
  })

  it('tells of a 006 token the checksums, and moments instead of lengths', () => {
    const options = { ...PROJECT, ttl: 600, issuedAt: 1000, services: [room] }
    const token = decodeToken(createToken({ ...options, version: '006' }))
    const { fields, grants } = describeToken(token)
    expect(fields.map(([name]) => name)).toContain('Checksum of the channel')
    expect(grants[0]?.fields).toEqual([['joinChannel', momentOf(1600)]])
  })
})
