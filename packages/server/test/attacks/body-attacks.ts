import type { ProblemCode } from '@rtc-token/core/contract'

import { type Attack, post, refusal, type Target } from './attack.ts'

const WISH = '{"channel":"room-42","uid":1234}'
const CSRF = 'A form on a foreign page sends it with the visitor’s cookies and asks nobody first'
const TWO_READERS =
  'What one host reads as a wish, and another as noise, is refused by neither of its guards'
const PARSER = 'One request must not cost the server its memory, its stack or its objects'

const TYPES = [
  'text/plain',
  'text/plain;charset=UTF-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=application/json',
  'text/plain; application/json',
  'application/json, text/plain',
  'application/jsonp',
  'application/json5',
  'application/problem+json',
  'application/vnd.api+json',
  '*/*',
  '',
]

const CHARSETS = [
  'utf-16',
  'UTF-16LE',
  '"utf-16be"',
  'utf-7',
  'utf-32',
  'iso-8859-1',
  'utf-8x',
  'utf-8; charset=utf-16',
  'utf-16; charset=utf-8',
  '"ut\\f-16"',
  '',
]
const CODINGS = ['gzip', 'GZIP', 'x-gzip', 'deflate', 'br', 'zstd', 'identity, gzip', 'aws-chunked']

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

const BODIES: readonly (readonly [name: string, body: string, code: ProblemCode])[] = [
  ['nothing', '', 'invalid_json'],
  ['a form', 'channel=room-42&uid=1234&role=publisher', 'invalid_json'],
  ['two documents', `${WISH}${WISH}`, 'invalid_json'],
  ['JSON with a comment', `${WISH}//`, 'invalid_json'],
  ['NaN as JSON', '{"channel":"room-42","uid":NaN}', 'invalid_json'],
  ['half a document', '{"channel":"room-4', 'invalid_json'],
  ['null', 'null', 'invalid_request'],
  ['a list of wishes', `[${WISH},${WISH}]`, 'invalid_request'],
  ['a wish inside text', JSON.stringify(WISH), 'invalid_request'],
  ['4000 brackets', nested(4000), 'invalid_request'],
  [
    '4000 brackets in params',
    `{"channel":"a","uid":1,"params":{"a":${nested(3900)}}}`,
    'invalid_request',
  ],
  ['4000 brackets as channel', `{"channel":${nested(3900)},"uid":1}`, 'channel_invalid'],
  ['4000 brackets as uid', `{"channel":"a","uid":${nested(3900)}}`, 'identity_invalid'],
  [
    'a prototype',
    '{"channel":"room-42","uid":1234,"__proto__":{"role":"publisher"}}',
    'invalid_request',
  ],
  ['only a prototype', '{"__proto__":{"channel":"room-42","uid":1234}}', 'channel_invalid'],
  [
    'a prototype in params',
    '{"channel":"a","uid":1,"params":{"a":[{"__proto__":{}}]}}',
    'invalid_request',
  ],
  [
    'an escaped prototype in params',
    String.raw`{"channel":"a","uid":1,"params":{"\u005f_proto__":{}}}`,
    'invalid_request',
  ],
  [
    'a constructor in params',
    '{"channel":"a","uid":1,"params":{"constructor":{"prototype":{"role":"publisher"}}}}',
    'invalid_request',
  ],
  [
    'a prototype by its other name, deep in params',
    '{"channel":"a","uid":1,"params":{"a":[[{"b":0,"prototype":{}}]]}}',
    'invalid_request',
  ],
  [
    'an escaped constructor in params',
    String.raw`{"channel":"a","uid":1,"params":{"constr\u0075ctor":{}}}`,
    'invalid_request',
  ],
  ['a constructor', '{"channel":"a","uid":1,"constructor":{}}', 'invalid_request'],
  [
    'a second uid of 0, which counts',
    '{"channel":"room-42","uid":1234,"uid":0}',
    'identity_invalid',
  ],
  [
    'a second channel *, which counts',
    '{"channel":"room-42","channel":"*","uid":1}',
    'wildcard_refused',
  ],
  [
    'an escaped second channel',
    String.raw`{"channel":"room-42","chann\u0065l":"*","uid":1}`,
    'wildcard_refused',
  ],
  ['a member in capitals', '{"Channel":"room-42","uid":1234}', 'channel_invalid'],
  ['a misspelt role', '{"channel":"room-42","uid":1234,"rol":"publisher"}', 'invalid_request'],
  [
    'params of 1 KiB and more',
    `{"channel":"a","uid":1,"params":{"a":"${'x'.repeat(1024)}"}}`,
    'invalid_request',
  ],
  ['params that are a list', '{"channel":"a","uid":1,"params":[]}', 'invalid_request'],
  ['700 unknown members', `{${members(700)}}`, 'channel_invalid'],
  ['8193 bytes', `${WISH}${' '.repeat(8193 - WISH.length)}`, 'body_too_large'],
  ['a mebibyte', `{"channel":"${'a'.repeat(2 ** 20)}"}`, 'body_too_large'],
]

/** Attacks by the form of the body. */
export function bodyAttacks({ authorization }: Target): readonly Attack[] {
  return [
    ...TYPES.map((type): Attack => ({
      name: `a body of type "${type}"`,
      request: post(WISH, { headers: { authorization, 'content-type': type } }),
      expected: refusal(415, 'unsupported_media_type'),
      why: CSRF,
    })),
    ...CHARSETS.map((charset): Attack => ({
      name: `a body in the charset ${charset}`,
      request: post(WISH, {
        headers: { authorization, 'content-type': `application/json; charset=${charset}` },
      }),
      expected: refusal(415, 'unsupported_media_type'),
      why: TWO_READERS,
    })),
    ...CODINGS.map((coding): Attack => ({
      name: `a body in the coding ${coding}`,
      request: post(WISH, { headers: { authorization, 'content-encoding': coding } }),
      expected: refusal(415, 'unsupported_media_type'),
      why: TWO_READERS,
    })),
    ...BODIES.map(([name, body, code]): Attack => ({
      name: `a body of ${name}`,
      request: post(body, { headers: { authorization } }),
      expected: refusal(code === 'body_too_large' ? 413 : 400, code),
      why: PARSER,
    })),
  ]
}

function members(count: number): string {
  return Array.from({ length: count }, (_, index) => `"m${index}":0`).join()
}
