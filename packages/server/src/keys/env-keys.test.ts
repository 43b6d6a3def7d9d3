import { describe, expect, expectTypeOf, it } from 'vitest'

import { envKeys, type EnvKeysOptions, type KeysEnv } from './env-keys.ts'

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const A = '5CFd2fd1755d40ecb72977518be15d3b'
const B = 'b0daae2ff3d84c3c8a8ea5bbd9a7b9c1'
const PAIR = { AGORA_APP_CERTIFICATE: A, AGORA_APP_CERTIFICATE_SECONDARY: B }

function certificates(env: object, options?: EnvKeysOptions): string[] {
  const verifiers = envKeys(env, options).verifiers()
  if (verifiers instanceof Promise) throw new TypeError('keys at once expected')
  return verifiers.map(({ certificate }) => certificate)
}

describe('envKeys', () => {
  it('takes process.env and the bindings of a Worker as they are', () => {
    interface Bindings {
      AGORA_APP_CERTIFICATE: string
      ROOMS: object
    }
    expectTypeOf<NodeJS.ProcessEnv>().toExtend<KeysEnv>()
    expectTypeOf<Bindings>().toExtend<KeysEnv>()
  })

  it.each<[string, object, EnvKeysOptions | undefined, string[]]>([
    ['one certificate', { AGORA_APP_CERTIFICATE: A, PATH: '/bin' }, undefined, [A]],
    ['the name of the command-line tool', { NEXT_AGORA_APP_CERTIFICATE: A }, undefined, [A]],
    ['the name of the Go service', { APP_CERTIFICATE: A }, undefined, [A]],
    [
      'several names of the same value',
      { AGORA_APP_CERTIFICATE: A, APP_CERTIFICATE: A },
      undefined,
      [A],
    ],
    [
      'empty variables as not set',
      {
        AGORA_APP_CERTIFICATE: '',
        AGORA_APP_CERTIFICATE_SECONDARY: '',
        AGORA_SIGN_WITH: '',
        AGORA_APP_ID: '',
        APP_CERTIFICATE: A,
        VITE_CERT: '',
      },
      undefined,
      [A],
    ],
    ['both', PAIR, undefined, [A, B]],
    ['both, signing with the second', { ...PAIR, AGORA_SIGN_WITH: 'secondary' }, undefined, [B, A]],
    ['the option before the variable', PAIR, { sign: 'secondary' }, [B, A]],
    [
      'the option against the variable',
      { ...PAIR, AGORA_SIGN_WITH: 'secondary' },
      { sign: 'primary' },
      [A, B],
    ],
    [
      'published names of public values',
      { AGORA_APP_CERTIFICATE: A, NEXT_PUBLIC_AGORA_APP_ID: APP_ID, VITE_API: 'https://x.test' },
      undefined,
      [A],
    ],
    [
      'names with CERT that nobody publishes',
      { AGORA_APP_CERTIFICATE: A, NODE_EXTRA_CA_CERTS: '/ca.pem', MY_VITE_CERT: A },
      undefined,
      [A],
    ],
  ])('reads %s', (_name, env, options, expected) => {
    expect(certificates(env, options)).toEqual(expected)
  })

  it.each([
    [{}, 'AGORA_APP_CERTIFICATE is not set'],
    [{ AGORA_APP_CERTIFICATE_SECONDARY: B }, 'AGORA_APP_CERTIFICATE is not set'],
    [{ AGORA_APP_CERTIFICATE: `${A}\n` }, 'AGORA_APP_CERTIFICATE starts or ends with white space'],
    [{ AGORA_APP_CERTIFICATE: 7 }, 'AGORA_APP_CERTIFICATE is of type number, string expected'],
    [{ APP_CERTIFICATE: `g${A.slice(1)}` }, /^APP_CERTIFICATE has characters other than 0-9/],
    [
      { ...PAIR, AGORA_APP_CERTIFICATE_SECONDARY: 'x' },
      'AGORA_APP_CERTIFICATE_SECONDARY has 1 characters, 32 hexadecimal digits expected',
    ],
    [
      { ...PAIR, AGORA_APP_CERTIFICATE_SECONDARY: A },
      'AGORA_APP_CERTIFICATE_SECONDARY is the same as AGORA_APP_CERTIFICATE',
    ],
    [
      { AGORA_APP_CERTIFICATE: APP_ID, AGORA_APP_ID: APP_ID },
      'AGORA_APP_CERTIFICATE is the same as AGORA_APP_ID',
    ],
    [
      { ...PAIR, AGORA_APP_CERTIFICATE_SECONDARY: APP_ID, AGORA_APP_ID: APP_ID },
      'AGORA_APP_CERTIFICATE_SECONDARY is the same as AGORA_APP_ID',
    ],
    [
      { AGORA_APP_CERTIFICATE: A, APP_CERTIFICATE: B },
      /^AGORA_APP_CERTIFICATE and APP_CERTIFICATE are both set and differ/,
    ],
    [
      { NEXT_AGORA_APP_CERTIFICATE: A, APP_CERTIFICATE: B },
      /^NEXT_AGORA_APP_CERTIFICATE and APP_CERTIFICATE are both set and differ/,
    ],
  ])('refuses %j', (env: object, message) => {
    const expected = { code: 'APP_CERTIFICATE_INVALID', message: toMatcher(message) }
    expect(() => envKeys(env)).toThrow(expect.objectContaining(expected))
  })

  it.each([
    'NEXT_PUBLIC_',
    'VITE_',
    'REACT_APP_',
    'PUBLIC_',
    'EXPO_PUBLIC_',
    'NUXT_PUBLIC_',
    'GATSBY_',
    'VUE_APP_',
  ])('refuses a certificate under a name that starts with %s', (prefix) => {
    const message = toMatcher(new RegExp(`bundlers publish ${prefix}\\* in pages`))
    const refusal = expect.objectContaining({ code: 'APP_CERTIFICATE_INVALID', message })
    const spoilt = [
      { [`${prefix}AGORA_APP_CERTIFICATE`]: B },
      { ...PAIR, [`${prefix}agora_cert`]: '0'.repeat(32) },
      { ...PAIR, [`${prefix}AGORA_KEY`]: A },
      { ...PAIR, [`${prefix}AGORA_KEY`]: ` ${B.toUpperCase()}\n` },
      { APP_CERTIFICATE: A, [`${prefix}SETTINGS`]: `{"key":"${A}"}` },
    ]
    for (const env of spoilt) expect(() => envKeys(env)).toThrow(refusal)
  })

  it('lets the path of another certificate be published', () => {
    const env = { ...PAIR, VITE_HTTPS_CERT: './localhost.pem' }
    expect(() => envKeys(env)).not.toThrow()
  })

  it.each<[object, object, string]>([
    [
      { ...PAIR, AGORA_SIGN_WITH: 'second' },
      {},
      "AGORA_SIGN_WITH: 'primary' or 'secondary' expected, got another string",
    ],
    [
      { AGORA_APP_CERTIFICATE: A, AGORA_SIGN_WITH: 'secondary' },
      {},
      "AGORA_SIGN_WITH is 'secondary', but AGORA_APP_CERTIFICATE_SECONDARY is not set",
    ],
    [
      { AGORA_APP_CERTIFICATE: A },
      { sign: 'secondary' },
      "envKeys: sign is 'secondary', but AGORA_APP_CERTIFICATE_SECONDARY is not set",
    ],
    [PAIR, { sign: 1 }, "envKeys: sign: 'primary' or 'secondary' expected, got number"],
    [PAIR, { signer: 'primary' }, 'envKeys: options: only sign expected, got signer'],
  ])('stops the start at %j with %j', (env, options, message) => {
    expect(() => envKeys(env, options)).toThrow(new TypeError(message))
  })

  it('stops the start without a record', () => {
    const nothing = undefined as unknown as KeysEnv
    expect(() => envKeys(nothing)).toThrow(
      new TypeError('envKeys: env: object expected, got undefined'),
    )
  })
})

function toMatcher(message: string | RegExp): unknown {
  return typeof message === 'string' ? message : expect.stringMatching(message)
}
