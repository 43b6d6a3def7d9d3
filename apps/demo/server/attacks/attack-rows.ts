import {
  attackRow as row,
  type AttackRow,
  type AttackTarget,
  LIN,
  naively,
  PUBLISH,
  STAGE,
  wish,
} from './attack-row.ts'
import { wishRows } from './attack-wish-rows.ts'

const OPEN = 'Anyone who knows the address gets into every call'
const PROOF = 'A caught or forged token would renew itself for ever'
const PAGE = 'Any page that a visitor opens can fetch a token in the visitor’s browser'

/** The most telling attacks of the server's own list, each beside its like for the naive endpoint. */
export function attackRows(target: AttackTarget): readonly AttackRow[] {
  return [...credentialRows(target), ...wishRows(target), ...pageRows(target)]
}

function credentialRows({ tokens }: AttackTarget): readonly AttackRow[] {
  const naive = naively(STAGE, '1003', PUBLISH)
  const unknown = 'unauthenticated'
  const caught = { authorization: `Bearer ${tokens.own}` }
  const oldUrl = { method: 'GET', path: `/rtc/${STAGE}/publisher/uid/1003`, headers: {} } as const
  return [
    row(['Asks without credentials', wish(LIN, {}), unknown], OPEN, naive),
    row(['Makes up a pass', wish(LIN, { authorization: 'Bearer undefined' }), unknown], OPEN, {
      ...naive,
      headers: { authorization: 'Bearer undefined' },
    }),
    row(['Shows a caught token as a pass', wish(LIN, caught), unknown], PROOF, {
      ...naive,
      headers: caught,
    }),
    row(['Uses the old URL', oldUrl, unknown], OPEN, naive),
  ]
}

function pageRows({ authorization }: AttackTarget): readonly AttackRow[] {
  const naive = naively(STAGE, '1003', PUBLISH)
  const origin = { origin: 'https://evil.example' }
  const plain = wish(LIN, { authorization, ...origin, 'content-type': 'text/plain' })
  const inUrl = { method: 'GET', path: `/v1/tokens?channel=${STAGE}`, headers: { authorization } }
  return [
    row(['Posts a form from a foreign page', plain, 'unsupported_media_type'], PAGE, {
      ...naive,
      headers: origin,
    }),
    row(
      ['Puts the wish into the address', { ...inUrl, method: 'GET' }, 'method_not_allowed'],
      'Addresses end up in logs, in histories and in caches',
      naive,
    ),
  ]
}
