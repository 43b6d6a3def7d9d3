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

const MASTER_KEY = 'One token opens every call, or lets in everybody'
const POLICY = 'The caller chooses what only the policy may give'
const ENDLESS = 'A token that outlives the call lets a removed user back in'
const PROOF = 'A caught or forged token would renew itself for ever'

/** Attacks by those who may ask, with a wish that must not be granted. */
export function wishRows(target: AttackTarget): readonly AttackRow[] {
  return [...nameRows(target), ...policyRows(target), ...lifeRows(target), ...renewalRows(target)]
}

function nameRows({ authorization }: AttackTarget): readonly AttackRow[] {
  const by = (body: object) => wish(body, { authorization })
  return [
    row(
      ['Asks for every channel (*)', by({ ...LIN, channel: '*' }), 'wildcard_refused'],
      MASTER_KEY,
      naively('*', '1003', PUBLISH),
    ),
    row(
      ['Asks as uid 0, which is any user', by({ ...LIN, uid: 0 }), 'identity_invalid'],
      MASTER_KEY,
      naively(STAGE, '0', PUBLISH),
    ),
    row(
      ['Sends a uid that is no number', by({ ...LIN, uid: 'NaN' }), 'identity_invalid'],
      MASTER_KEY,
      naively(STAGE, 'NaN', PUBLISH),
    ),
    row(
      ['Asks for everything at once', by({ channel: '*', uid: 0 }), 'wildcard_refused'],
      MASTER_KEY,
      naively('*', '0', `${PUBLISH}&expiry=86400`),
    ),
    row(
      [
        'Breaks the log with a channel',
        by({ ...LIN, channel: 'a\n{"level":50}' }),
        'channel_invalid',
      ],
      'What one side reads as this name, the other reads as another',
      naively('a\n{"level":50}', '1003'),
    ),
  ]
}

function policyRows({ authorization }: AttackTarget): readonly AttackRow[] {
  const by = (body: object) => wish(body, { authorization })
  const foreign = 'tenant-globex-stage'
  return [
    row(
      ['Enters another tenant’s call', by({ channel: foreign }), 'channel_forbidden'],
      POLICY,
      naively(foreign, '1003'),
    ),
    row(
      ['Takes the host’s uid', by({ ...LIN, uid: 1001 }), 'identity_forbidden'],
      'The host is put out of the call, and an attacker speaks in that name',
      naively(STAGE, '1001', PUBLISH),
    ),
    row(
      ['Publishes where one may listen', by({ ...LIN, role: 'publisher' }), 'role_forbidden'],
      POLICY,
      naively(STAGE, '1003', PUBLISH),
    ),
    row(
      ['Lists privileges by hand', by({ ...LIN, privileges: {} }), 'invalid_request'],
      POLICY,
      naively(STAGE, '1003', `${PUBLISH}&privileges=all`),
    ),
  ]
}

function lifeRows({ authorization }: AttackTarget): readonly AttackRow[] {
  const by = (body: object) => wish({ ...LIN, ...body }, { authorization })
  const moment = 1_795_288_141
  return [
    row(
      ['Sends a moment as a length', by({ ttl: moment }), 'ttl_looks_absolute'],
      ENDLESS,
      naively(STAGE, '1003', `?expiry=${moment}`),
    ),
    row(['Asks for no time at all', by({ ttl: 0 }), 'ttl_invalid'], ENDLESS, {
      ...naively(STAGE, '1003', '?expiry=0'),
    }),
    row(['Asks for less than nothing', by({ ttl: -60 }), 'ttl_invalid'], ENDLESS, {
      ...naively(STAGE, '1003', '?expiry=-60'),
    }),
    row(
      ['Misspells the length', by({ expire: 60 }), 'invalid_request'],
      'A wish that is overlooked becomes a default that no one chose',
      naively(STAGE, '1003', '?expires=60'),
    ),
  ]
}

// The naive endpoint asks for no proof: to renew, a caller simply asks again.
// The naive endpoint asks for no proof: to renew, a caller simply asks again.
function renewalRows({ authorization, tokens }: AttackTarget): readonly AttackRow[] {
  const by = (previousToken: string) => wish({ previousToken }, { authorization })
  const again = naively(STAGE, '1003')
  const bad = 'previous_token_invalid'
  return [
    row(['Renews a forged token', by(tokens.foreign), bad], PROOF, again),
    row(['Renews a token that is long over', by(tokens.ended), bad], PROOF, again),
    row(
      ['Renews the host’s token', by(tokens.ofHost), 'identity_forbidden'],
      PROOF,
      naively(STAGE, '1001', PUBLISH),
    ),
    row(
      ['Renews a bomb of 5 KB', by(tokens.bomb), bad],
      'One request must not cost the server its memory',
      again,
    ),
  ]
}
