import { createToken, rtc, rtm } from '@rtc-token/core'

import { NOW, PROJECT } from '../support/token-endpoint.ts'

const SIGNED = { ...PROJECT, issuedAt: NOW - 100, ttl: 3600, salt: 1 }
/** Of a publisher who is in a call and in messaging. */
export const previousToken: string = createToken({
  ...SIGNED,
  services: [
    rtc({ channel: 'room-42', account: 'alice', role: 'publisher' }),
    rtm({ userId: 'alice' }),
  ],
})
/** Of a subscriber, in version 006. */
export const previousToken006: string = createToken({
  ...SIGNED,
  version: '006',
  services: [rtc({ channel: 'room-42', uid: 1234, role: 'subscriber' })],
})
