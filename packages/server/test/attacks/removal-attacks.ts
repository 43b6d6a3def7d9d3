import { createToken, rtm } from '@rtc-token/core'

import type { Removal } from '../../src/index.ts'
import type { User } from '../support/token-endpoint.ts'
import { type AttackRequest, get, post, type Target } from './attack.ts'
import { ALICE, stolenFrom } from './stolen-tokens.ts'

/** A way back in that a removed user tries. */
export interface WayBack {
  readonly name: string
  readonly removal: Removal<User>
  readonly request: AttackRequest
}

const UID = { uid: 1234 }
const ROOM = { channel: 'room-42', ...UID }
const SUBJECT = { subject: 'alice' }

/** What a user tries who has been removed; each would be granted if the user had not been. */
export function waysBack(target: Target): readonly WayBack[] {
  return [...otherNames(target), ...otherWays(target), ...ofChannels(target), ...bySubject(target)]
}

function otherNames({ authorization }: Target): readonly WayBack[] {
  const headers = { authorization }
  const as = (name: string, removal: Removal<User>, user: object): WayBack => ({
    name,
    removal,
    request: post({ channel: 'room-42', ...user }, { headers }),
  })
  return [
    as('the same uid', UID, UID),
    as('the uid as a string', UID, { uid: '1234' }),
    as('an account for a uid', UID, { account: '1234' }),
    as('a uid for an account', { account: '1234' }, UID),
    as('an account with leading zeros', UID, { account: '001234' }),
    as('a uid for an account with leading zeros', { account: '001234' }, UID),
    as('an account with blanks at its ends', UID, { account: ' 1234 ' }),
    as('a uid that is not named, but chosen by the policy', UID, {}),
  ]
}

function otherWays(target: Target): readonly WayBack[] {
  const { authorization, tickets, appId, appCertificate, now } = target
  const headers = { authorization }
  const { mint, anyUser } = stolenFrom(target)
  const token = { appId, appCertificate, issuedAt: now, ttl: 600 }
  const messaging = createToken({ ...token, services: [rtm({ userId: '1234' })] })
  const way = (name: string, request: AttackRequest): WayBack => ({ name, removal: UID, request })
  const renew = (previousToken: string): object => ({ ...ROOM, previousToken })
  return [
    way('a renewal', post(renew(mint()), { headers })),
    way('a renewal that names nothing', post({ previousToken: mint() }, { headers })),
    way('a renewal of version 006', post(renew(mint({ version: '006' })), { headers })),
    way('a renewal of a token for any user', post(renew(anyUser), { headers })),
    way('a renewal of messaging', post({ previousToken: messaging }, { headers })),
    way('a ticket', post(ROOM, { path: `/t/${tickets.room}/v1/tokens` })),
    way('a ticket that is a JWT', post(ROOM, { path: `/t/${target.jwtTickets.room}/v1/tokens` })),
    way('a ticket behind Bearer', post(ROOM, { headers: bearer(tickets.room) })),
    way('messaging', post({ services: ['rtm'], ...UID }, { headers })),
    way('chat', post({ services: ['chat'], ...UID }, { headers })),
    way('a call with messaging', post({ services: ['rtc', 'rtm'], ...ROOM }, { headers })),
    way('another channel', post({ ...ROOM, channel: 'lobby' }, { headers })),
    way('the role of a publisher', post({ ...ROOM, role: 'publisher' }, { headers })),
    way('an old route', get('/rtc/room-42/subscriber/uid/1234/', headers)),
    way('an old route for messaging', get('/rtm/1234/', headers)),
    way('a session in place of a header', post(ROOM, { headers: { cookie: target.cookie } })),
  ]
}

function ofChannels({ authorization }: Target): readonly WayBack[] {
  const headers = { authorization }
  const channel = { ...UID, channel: ALICE.channel }
  const all = { services: ['rtc', 'rtm', 'chat'], ...ROOM }
  return [
    { name: 'the same channel', removal: channel, request: post(ROOM, { headers }) },
    { name: 'the channel and messaging', removal: channel, request: post(all, { headers }) },
    {
      name: 'everything, of which one service is closed',
      removal: { ...UID, services: ['chat'] },
      request: post(all, { headers }),
    },
    {
      name: 'messaging, which has no channels, where both are closed',
      removal: { ...channel, services: ['rtc', 'rtm'] },
      request: post({ services: ['rtm'], ...UID }, { headers }),
    },
  ]
}

function bySubject({ authorization, tickets }: Target): readonly WayBack[] {
  const headers = { authorization }
  const of = (name: string, request: AttackRequest): WayBack => ({
    name: `${name}, as a caller`,
    removal: SUBJECT,
    request,
  })
  return [
    of('a call', post(ROOM, { headers })),
    of('another name', post({ channel: 'room-42', account: '01234' }, { headers })),
    of('no name', post({ channel: 'room-42' }, { headers })),
    of('a ticket', post(ROOM, { path: `/t/${tickets.room}/v1/tokens` })),
    of('messaging', post({ services: ['rtm'], ...UID }, { headers })),
  ]
}

function bearer(ticket: string): { readonly authorization: string } {
  return { authorization: `Bearer ${ticket}` }
}
