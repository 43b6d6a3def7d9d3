import type { ProblemCode } from '@rtc-token/core/contract'

import { type Attack, type AttackRequest, get, post, refusal, type Target } from './attack.ts'

const WISH = { channel: 'room-42', uid: 1234 }
const WHY = 'A ticket is in a path, where others see it: it may open only what it was made for'

/** Attacks with a ticket for one room, one role and a few minutes. */
export function ticketAttacks(target: Target): readonly Attack[] {
  const { jwtTickets } = target
  const asJwt = { ...target, tickets: jwtTickets }
  const ofJwts = [...misused(asJwt), ...forged(asJwt)].map(
    ({ name, request, expected, why }): Attack => ({
      name: name.replace('ticket', 'JWT ticket'),
      request,
      expected,
      why,
    }),
  )
  return [...misused(target), ...forged(target), ...ofJwts, ...wrongJwts(target)]
}

function wrongJwts({ jwtTickets: { room, wrong } }: Target): readonly Attack[] {
  const byPath = Object.entries(wrong).map(([what, jwt]) =>
    attack(`a JWT ticket ${what}`, post(WISH, { path: `/t/${jwt}/v1/tokens` }), 'unauthenticated'),
  )
  const headers = { authorization: `Bearer ${room}` }
  return [...byPath, attack('a JWT ticket as a header', post(WISH, { headers }), 'unauthenticated')]
}

function misused({ authorization, tickets }: Target): readonly Attack[] {
  const { room, named, ending } = tickets
  const path = `/t/${room}/v1/tokens`
  return [
    attack(
      'a ticket that ends sooner than a token may',
      post(WISH, { path: `/t/${ending}/v1/tokens` }),
      'unauthenticated',
    ),
    attack(
      'a ticket that ends soon, at an old route',
      get(`/t/${ending}/rtc/room-42/subscriber/uid/1234/?expiry=60`),
      'unauthenticated',
    ),
    attack(
      'a ticket that names a user of messaging, as somebody else',
      get(`/t/${named}/rtm/1235/`),
      'identity_forbidden',
    ),
    attack(
      'a ticket that names a user of messaging, in another room',
      get(`/t/${named}/rte/lobby/subscriber/uid/1234/`),
      'channel_forbidden',
    ),
    attack(
      'a ticket at messaging alone, which it does not name',
      get(`/t/${room}/rtm/1234/`),
      'channel_forbidden',
    ),
    attack(
      'a ticket in another room',
      post({ ...WISH, channel: 'lobby' }, { path }),
      'channel_forbidden',
    ),
    attack(
      'a ticket in no room of its user',
      post({ ...WISH, channel: 'room-43' }, { path }),
      'channel_forbidden',
    ),
    attack('a ticket to publish', post({ ...WISH, role: 'publisher' }, { path }), 'role_forbidden'),
    attack(
      'a ticket for messaging, which knows no rooms',
      post({ services: ['rtm'], channel: 'room-42', uid: 1234 }, { path }),
      'channel_forbidden',
    ),
    attack(
      'a ticket as somebody else',
      post({ ...WISH, uid: 1235 }, { path }),
      'identity_forbidden',
    ),
    attack(
      'a ticket at an old route',
      get(`/t/${room}/rtc/lobby/subscriber/uid/1234`),
      'channel_forbidden',
    ),
    attack(
      'a ticket to publish at an old route',
      get(`/t/${room}/rtc/room-42/publisher/uid/1234/`),
      'role_forbidden',
    ),
    attack(
      'a ticket for all rooms at an old route',
      get(`/t/${room}/rtc/*/subscriber/uid/1234`),
      'wildcard_refused',
    ),
    attack(
      'a ticket at inspect',
      post({ token: 'x' }, { path: `${path}/inspect` }),
      'unauthenticated',
    ),
    attack(
      'a ticket as a previous token',
      post({ ...WISH, previousToken: room }, { headers: { authorization } }),
      'previous_token_invalid',
    ),
  ]
}

function forged({ tickets }: Target): readonly Attack[] {
  const { room, ended } = tickets
  const paths: Readonly<Record<string, string>> = {
    'a ticket that is over': `/t/${ended}/v1/tokens`,
    'a ticket cut short': `/t/${room.slice(0, -1)}/v1/tokens`,
    'a ticket with a tail': `/t/${room}A/v1/tokens`,
    'a ticket with another letter': `/t/${changed(room)}/v1/tokens`,
    'a ticket with the seal of another': `/t/${sealedLike(room, ended)}/v1/tokens`,
    'a ticket without a seal': `/t/${room.slice(0, room.lastIndexOf('.') + 1)}/v1/tokens`,
    'two tickets': `/t/${room}/t/${room}/v1/tokens`,
    'a ticket in the query': `/v1/tokens?t=${room}`,
    'a ticket path in the query': `/v1/tokens?/t/${room}/v1/tokens`,
    'a ticket in the fragment': `/v1/tokens#/t/${room}/`,
    'a ticket behind another letter': `/T/${room}/v1/tokens`,
    'a ticket behind an escaped slash': `/t%2F${room}/v1/tokens`,
    'a ticket of nothing': '/t/t1./v1/tokens',
  }
  return Object.entries(paths).map(([name, path]) =>
    attack(name, post(WISH, { path }), 'unauthenticated'),
  )
}

function attack(name: string, request: AttackRequest, code: ProblemCode): Attack {
  const status = code === 'unauthenticated' ? 401 : code.endsWith('forbidden') ? 403 : 400
  return { name, request, expected: refusal(status, code), why: WHY }
}

function changed(ticket: string): string {
  const at = 8
  return `${ticket.slice(0, at)}${ticket[at] === 'A' ? 'B' : 'A'}${ticket.slice(at + 1)}`
}

function sealedLike(ticket: string, other: string): string {
  return ticket.slice(0, ticket.lastIndexOf('.')) + other.slice(other.lastIndexOf('.'))
}
