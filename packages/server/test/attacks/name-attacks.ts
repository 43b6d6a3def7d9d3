import type { ProblemCode } from '@rtc-token/core/contract'

import { type Attack, post, refusal, type Target } from './attack.ts'

type Row = readonly [name: string, wish: string, code: ProblemCode]

const KEY = 'A token without a channel or a user of its own opens every call'
const FORM = 'What one side reads as this name, the other may read as another'
const POLICY = 'A user would choose what only the policy may give'

// JSON by hand: much of this cannot be said in JavaScript.
const ANY: readonly Row[] = [
  ['the channel *', '{"channel":"*","uid":1234}', 'wildcard_refused'],
  ['a blank channel', '{"channel":"","uid":1234}', 'wildcard_refused'],
  ['a channel of spaces', '{"channel":"  ","uid":1234}', 'wildcard_refused'],
  ['a * between spaces', '{"channel":" * ","uid":1234}', 'wildcard_refused'],
  ['a * behind a line feed', String.raw`{"channel":"\n*","uid":1234}`, 'wildcard_refused'],
  ['a channel with a *', '{"channel":"room-*","uid":1234}', 'channel_invalid'],
  ['no channel', '{"uid":1234}', 'channel_invalid'],
  ['the channel null', '{"channel":null,"uid":1234}', 'channel_invalid'],
  ['a list of channels', '{"channel":["room-42","room-43"],"uid":1234}', 'channel_invalid'],
  ['a channel that is true', '{"channel":true,"uid":1234}', 'channel_invalid'],
  ['a channel that is an object', '{"channel":{"toString":1},"uid":1234}', 'channel_invalid'],
  ['uid 0', '{"channel":"room-42","uid":0}', 'identity_invalid'],
  ['uid -0', '{"channel":"room-42","uid":-0}', 'identity_invalid'],
  ['uid "0"', '{"channel":"room-42","uid":"0"}', 'identity_invalid'],
  ['a blank uid', '{"channel":"room-42","uid":""}', 'identity_invalid'],
  ['the uid null', '{"channel":"room-42","uid":null}', 'identity_invalid'],
  ['the uid "NaN"', '{"channel":"room-42","uid":"NaN"}', 'identity_invalid'],
  ['a uid of 2^32', '{"channel":"room-42","uid":4294967296}', 'identity_invalid'],
  ['a uid of 2^32 as text', '{"channel":"room-42","uid":"4294967296"}', 'identity_invalid'],
  ['a uid of 2^32 + 1234', '{"channel":"room-42","uid":4294968530}', 'identity_invalid'],
  ['a uid of 2^64', '{"channel":"room-42","uid":18446744073709551616}', 'identity_invalid'],
  ['a uid of 1e21', '{"channel":"room-42","uid":1e21}', 'identity_invalid'],
  ['a uid of 1e400', '{"channel":"room-42","uid":1e400}', 'identity_invalid'],
  ['a negative uid', '{"channel":"room-42","uid":-1}', 'identity_invalid'],
  ['a broken uid', '{"channel":"room-42","uid":1.5}', 'identity_invalid'],
  ['a hexadecimal uid', '{"channel":"room-42","uid":"0x4d2"}', 'identity_invalid'],
  ['a uid with a zero in front', '{"channel":"room-42","uid":"01234"}', 'identity_invalid'],
  ['a uid with a space', '{"channel":"room-42","uid":" 1234"}', 'identity_invalid'],
  ['a uid in Arabic digits', '{"channel":"room-42","uid":"١٢٣٤"}', 'identity_invalid'],
  ['a uid in a list', '{"channel":"room-42","uid":[1234]}', 'identity_invalid'],
  ['the account *', '{"channel":"room-42","account":"*"}', 'wildcard_refused'],
  ['a blank account', '{"channel":"room-42","account":""}', 'wildcard_refused'],
  ['an account of a tab', String.raw`{"channel":"room-42","account":"\t"}`, 'wildcard_refused'],
  ['the account null', '{"channel":"room-42","account":null}', 'identity_invalid'],
  ['a uid and an account', '{"channel":"room-42","uid":1,"account":"1"}', 'identity_ambiguous'],
  ['any user', '{"channel":"room-42","anyUser":true}', 'invalid_request'],
]

const FORMS: readonly Row[] = [
  ['CR LF in the channel', String.raw`{"channel":"a\r\nset-cookie: x","uid":1}`, 'channel_invalid'],
  ['a NUL in the channel', String.raw`{"channel":"room-42\u0000","uid":1}`, 'channel_invalid'],
  ['a slash in the channel', '{"channel":"room-42/../x","uid":1}', 'channel_invalid'],
  ['a quote in the channel', String.raw`{"channel":"room-42\"","uid":1}`, 'channel_invalid'],
  ['a lone surrogate', String.raw`{"channel":"\ud800","uid":1}`, 'channel_invalid'],
  ['a Cyrillic letter', '{"channel":"rооm-42","uid":1}', 'channel_invalid'],
  ['a wide letter', '{"channel":"ｒoom-42","uid":1}', 'channel_invalid'],
  ['a space of no width', String.raw`{"channel":"room-42\u200b","uid":1}`, 'channel_invalid'],
  ['text that runs backwards', String.raw`{"channel":"\u202eroom","uid":1}`, 'channel_invalid'],
  ['a combined accent', String.raw`{"channel":"e\u0301","uid":1}`, 'channel_invalid'],
  ['64 bytes of channel', `{"channel":"${'a'.repeat(64)}","uid":1}`, 'channel_invalid'],
  ['256 bytes of account', `{"channel":"a","account":"${'a'.repeat(256)}"}`, 'identity_invalid'],
  [
    'a lone surrogate as account',
    String.raw`{"channel":"a","account":"\udfff"}`,
    'identity_invalid',
  ],
  [
    '65 bytes of account for messaging',
    `{"services":["rtm"],"account":"${'a'.repeat(65)}"}`,
    'identity_invalid',
  ],
]

const POLICIES: readonly Row[] = [
  ['another room', '{"channel":"room-43","uid":1234}', 'channel_forbidden'],
  ['the same room in capitals', '{"channel":"ROOM-42","uid":1234}', 'channel_forbidden'],
  ['the same room with a space', '{"channel":"room-42 ","uid":1234}', 'channel_forbidden'],
  ['another uid', '{"channel":"room-42","uid":1235}', 'identity_forbidden'],
  ['another account', '{"channel":"room-42","account":"bob"}', 'identity_forbidden'],
  [
    'publishing where one may listen',
    '{"channel":"lobby","uid":1234,"role":"publisher"}',
    'role_forbidden',
  ],
  ['the role host', '{"channel":"room-42","uid":1234,"role":"host"}', 'role_unknown'],
  ['the role Publisher', '{"channel":"room-42","uid":1234,"role":"Publisher"}', 'role_unknown'],
  ['the role 1', '{"channel":"room-42","uid":1234,"role":1}', 'role_unknown'],
  ['a list of roles', '{"channel":"room-42","uid":1,"role":["publisher"]}', 'role_unknown'],
  ['the role __proto__', '{"channel":"room-42","uid":1,"role":"__proto__"}', 'role_unknown'],
  ['no service', '{"services":[],"channel":"room-42","uid":1234}', 'invalid_request'],
  ['a service by its number', '{"services":[1],"channel":"room-42","uid":1}', 'invalid_request'],
  [
    'the service of streaming',
    '{"services":["streaming"],"channel":"a","uid":1}',
    'invalid_request',
  ],
  ['a service twice', '{"services":["rtm","rtm"],"channel":"a","uid":1}', 'invalid_request'],
  ['the service toString', '{"services":["toString"],"channel":"a","uid":1}', 'invalid_request'],
  ['chat for nobody, the whole app', '{"services":["chat"]}', 'identity_invalid'],
  ['messaging as somebody else', '{"services":["rtm"],"account":"bob"}', 'identity_forbidden'],
  ["privileges of one's own", '{"channel":"room-42","privileges":{}}', 'invalid_request'],
  ["a project of one's own", '{"channel":"room-42","project":"other"}', 'invalid_request'],
]

/** Attacks by what is wished: everything that is read as "any", as another name, or as more. */
export function nameAttacks({ authorization }: Target): readonly Attack[] {
  const rows = (list: readonly Row[], why: string): readonly Attack[] =>
    list.map(([name, wish, code]) => ({
      name,
      request: post(wish, { headers: { authorization } }),
      expected: refusal(code.endsWith('forbidden') ? 403 : 400, code),
      why,
    }))
  return [...rows(ANY, KEY), ...rows(FORMS, FORM), ...rows(POLICIES, POLICY)]
}
