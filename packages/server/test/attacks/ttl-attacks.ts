import type { ProblemCode } from '@rtc-token/core/contract'

import { type Attack, post, refusal, type Target } from './attack.ts'

const WHY = 'A token that outlives the call lets somebody back in who was sent away'

const TTLS: readonly (readonly [name: string, ttl: string, code: ProblemCode])[] = [
  ['a moment', '1795288141', 'ttl_looks_absolute'],
  ['a moment in milliseconds', '1795288141000', 'ttl_looks_absolute'],
  ['a moment as text', '"1795288141s"', 'ttl_looks_absolute'],
  ['1e21 seconds', '1e21', 'ttl_looks_absolute'],
  ['more than a number holds', '1e400', 'ttl_looks_absolute'],
  ['as many hours as look like a moment', '"999999999h"', 'ttl_looks_absolute'],
  ['no time at all', '0', 'ttl_invalid'],
  ['less than nothing', '-1', 'ttl_invalid'],
  ['less than nothing that becomes 2^32 - 1', '-4294967295', 'ttl_invalid'],
  ['half a second', '0.5', 'ttl_invalid'],
  ['a minute and a bit', '60.000001', 'ttl_invalid'],
  ['one second', '1', 'ttl_invalid'],
  ['digits as text', '"3600"', 'ttl_invalid'],
  ['a negative text', '"-1h"', 'ttl_invalid'],
  ['a day in another word', '"1d"', 'ttl_invalid'],
  ['the text Infinity', '"Infinity"', 'ttl_invalid'],
  ['null', 'null', 'ttl_invalid'],
  ['true', 'true', 'ttl_invalid'],
  ['a list', '[3600]', 'ttl_invalid'],
]

const OLD_NAMES = ['expire', 'expiry', 'expiresAt', 'privilegeExpiredTs', 'TTL']

/** Attacks by the length of life, with the mistakes in units that old endpoints sign. */
export function ttlAttacks({ authorization }: Target): readonly Attack[] {
  const send = (body: string) => post(body, { headers: { authorization } })
  return [
    ...TTLS.map(([name, ttl, code]): Attack => ({
      name: `a life of ${name}`,
      request: send(`{"channel":"room-42","uid":1234,"ttl":${ttl}}`),
      expected: refusal(400, code),
      why: WHY,
    })),
    ...OLD_NAMES.map((member): Attack => ({
      name: `a life in the member ${member}`,
      request: send(`{"channel":"room-42","uid":1234,"${member}":600}`),
      expected: refusal(400, 'invalid_request'),
      why: 'A wish that is overlooked becomes a default that nobody chose',
    })),
  ]
}
