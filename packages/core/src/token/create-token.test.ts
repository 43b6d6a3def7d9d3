import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { decodeToken } from './decode-token.ts'
import { createSigner, createToken, type CreateTokenOptions } from './create-token.ts'
import { chat } from '../service/chat.ts'
import { rtc } from '../service/rtc.ts'
import { rtm } from '../service/rtm.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const services = [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })]
const base = {
  appId,
  appCertificate,
  ttl: 3600,
  services,
  issuedAt: 1_700_000_000,
  salt: 1,
} as const

type Row = readonly [code: string, what: string, change: Record<string, unknown>]

/** A row about one member of the grant, as a row about the options. */
function grantRow([code, what, change]: Row): Row {
  const room = { service: 'rtc', channel: 'room-42', uid: 1, role: 'publisher' }
  return [code, what, { services: [{ ...room, ...change }] }]
}

describe('createToken', () => {
  it('gives a publisher every privilege for the whole ttl', () => {
    expect(decodeToken(createToken(base))).toEqual({
      version: '007',
      appId,
      issuedAt: 1_700_000_000,
      expiresIn: 3600,
      expiresAt: 1_700_003_600,
      salt: 1,
      services: [
        {
          service: 'rtc',
          channel: 'room-42',
          user: '1234',
          privileges: {
            joinChannel: 3600,
            publishAudioStream: 3600,
            publishVideoStream: 3600,
            publishDataStream: 3600,
          },
        },
      ],
    })
  })

  it('gives a subscriber the right to join and nothing else', () => {
    const subscriber = rtc({ channel: 'room-42', account: '0', role: 'subscriber' })
    expect(decodeToken(createToken({ ...base, services: [subscriber] }))).toMatchObject({
      services: [{ user: '0', privileges: { joinChannel: 3600 } }],
    })
  })

  it('takes single privileges in place of a role', () => {
    const grant = rtc({ channel: 'room-42', anyUser: true, privileges: { joinChannel: 60 } })
    expect(decodeToken(createToken({ ...base, services: [grant] }))).toMatchObject({
      expiresAt: 1_700_000_060,
      services: [{ user: '', privileges: { joinChannel: 60 } }],
    })
  })

  it('turns lengths into moments for 006', () => {
    expect(decodeToken(createToken({ ...base, version: '006' }))).toMatchObject({
      version: '006',
      tokenExpiresAt: 1_700_086_400,
      expiresAt: 1_700_003_600,
      privileges: { joinChannel: 1_700_003_600, publishDataStream: 1_700_003_600 },
    })
  })

  it('gives equal tokens for equal options and other tokens for another salt', () => {
    expect(createToken(base)).toBe(createToken({ ...base }))
    expect(createToken({ ...base, salt: 2 })).not.toBe(createToken(base))
    const { salt: _, ...unsalted } = base
    expect(createToken(unsalted)).not.toBe(createToken(unsalted))
  })

  it('holds several services in 007', () => {
    const two = [rtc({ channel: 'a', uid: 1, role: 'publisher' }), ...services]
    expect(decodeToken(createToken({ ...base, services: two }))).toMatchObject({
      services: [{ channel: 'a' }, { channel: 'room-42' }],
    })
  })

  it.each<Row>([
    ['APP_ID_INVALID', 'a short App ID', { appId: 'abc' }],
    ['APP_ID_INVALID', 'no App ID', { appId: undefined }],
    [
      'APP_CERTIFICATE_INVALID',
      'a certificate with a wrong digit',
      { appCertificate: 'x'.repeat(32) },
    ],
    [
      'APP_CERTIFICATE_INVALID',
      'a certificate with a line break',
      { appCertificate: `${appCertificate}\n` },
    ],
    ['TTL_INVALID', 'no life', { ttl: 0 }],
    ['TTL_INVALID', 'a negative life', { ttl: -1 }],
    ['TTL_INVALID', 'a fraction', { ttl: 1.5 }],
    ['TTL_INVALID', 'more than 24 hours', { ttl: 86_401 }],
    ['TTL_INVALID', 'a text', { ttl: '3600' }],
    ['TTL_INVALID', 'no number', { ttl: Number.NaN }],
    ['TTL_LOOKS_ABSOLUTE', 'a moment in seconds', { ttl: 1_700_003_600 }],
    ['TTL_LOOKS_ABSOLUTE', 'a moment in milliseconds', { ttl: 1_700_003_600_000 }],
    ['ISSUED_AT_INVALID', 'an issue time in milliseconds', { issuedAt: 1_700_000_000_000 }],
    ['ISSUED_AT_INVALID', 'an issue time whose end is past 2106', { issuedAt: 0xffffffff }],
    ['SALT_INVALID', 'a negative salt', { salt: -1 }],
    ['VERSION_UNSUPPORTED', 'another version', { version: '005' }],
    ['SERVICES_INVALID', 'no services', { services: [] }],
    ['SERVICES_INVALID', 'services that are not services', { services: [null] }],
    [
      'SERVICES_INVALID',
      'two services in 006',
      { version: '006', services: [...services, ...services] },
    ],
    ...(
      [
        ['CHANNEL_INVALID', 'no channel', { channel: undefined }],
        ['CHANNEL_INVALID', 'an empty channel', { channel: '' }],
        ['CHANNEL_INVALID', 'every channel', { channel: '*' }],
        ['CHANNEL_INVALID', 'a channel of 64 bytes', { channel: 'a'.repeat(64) }],
        ['CHANNEL_INVALID', 'a channel with a slash', { channel: 'a/b' }],
        ['CHANNEL_INVALID', 'a channel outside ASCII', { channel: 'é' }],
        ['CHANNEL_INVALID', 'a channel with half a surrogate pair', { channel: '\ud800' }],
        ['UID_INVALID', 'uid 0', { uid: 0 }],
        ['UID_INVALID', 'a uid past 32 bits', { uid: 4_294_967_296 }],
        ['UID_INVALID', 'a uid as text', { uid: '1' }],
        ['UID_INVALID', 'no number as uid', { uid: Number.NaN }],
        ['ACCOUNT_INVALID', 'a blank account', { uid: undefined, account: '' }],
        [
          'ACCOUNT_INVALID',
          'an account of 256 bytes',
          { uid: undefined, account: 'a'.repeat(256) },
        ],
        ['ACCOUNT_INVALID', 'a number as account', { uid: undefined, account: 7 }],
        ['IDENTITY_AMBIGUOUS', 'uid and account', { account: 'alice' }],
        ['IDENTITY_AMBIGUOUS', 'no user', { uid: undefined }],
        ['IDENTITY_AMBIGUOUS', 'anyUser: false', { uid: undefined, anyUser: false }],
        ['ROLE_UNKNOWN', 'no role', { role: undefined }],
        ['ROLE_UNKNOWN', 'a role by number', { role: 1 }],
        ['ROLE_UNKNOWN', 'another role', { role: 'admin' }],
        ['PRIVILEGE_INVALID', 'another privilege', { privileges: { publishSmell: 60 } }],
        [
          'PRIVILEGE_INVALID',
          'a privilege longer than the ttl',
          { privileges: { joinChannel: 3601 } },
        ],
        ['PRIVILEGE_INVALID', 'a privilege of 0', { privileges: { joinChannel: 0 } }],
      ] as const satisfies readonly Row[]
    ).map(grantRow),
  ])('refuses with %s: %s', (code, _, change) => {
    // What a caller without types can pass.
    const options = { ...base, ...change } as unknown as CreateTokenOptions
    expect(() => createToken(options)).toThrow(
      expect.objectContaining({ name: 'TokenError', code }),
    )
  })

  it.each([
    [rtc({ channel: 'room-*', uid: 1, role: 'publisher' })],
    [rtc({ channel: 'room', account: '1*a*2', role: 'publisher' })],
    [rtm({ userId: '*' })],
    [chat({ userId: 'al*' })],
  ])('says where to read about patterns, which it refuses: %j', (service) => {
    expect(() => createToken({ ...base, services: [service] })).toThrow(/\/rtc-token\/patterns$/)
  })

  it('repeats nothing of a certificate in the error about it', () => {
    const secret = '5CFd2fd1755d40ecb72977518be15d3'
    const attempt = () => createToken({ ...base, appCertificate: secret })
    expect(attempt).toThrow(
      'App Certificate: 32 hexadecimal digits expected, got a string of 31 characters',
    )
  })
})

const project = { appId, appCertificate } as const
const code = (expected: string): unknown => expect.objectContaining({ code: expected })

describe('createSigner', () => {
  const options = { ttl: 600, services, issuedAt: 1_700_000_000, salt: 7 } as const

  it.each(['006', '007'] as const)('signs the %s tokens that createToken signs', (version) => {
    const others = { ...project, appCertificate: 'f'.repeat(32) }
    const [signer, other] = [createSigner(project), createSigner(others)]
    for (let i = 0; i < 3; i++) {
      const token = signer.createToken({ ...options, version })
      expect(token).toBe(createToken({ ...project, ...options, version }))
      expect(other.createToken({ ...options, version })).toBe(
        createToken({ ...others, ...options, version }),
      )
    }
  })

  it.each(['006', '007'] as const)(
    'signs %s tokens of more projects and seconds than are kept',
    (version) => {
      const signers = Array.from({ length: 300 }, (_, i) =>
        createSigner({ ...project, appCertificate: String(i).padStart(32, '0') }),
      )
      const { issuedAt } = options
      const sign = (i: number) =>
        signers[i % 300]!.createToken({ ...options, version, issuedAt: issuedAt + i })
      const tokens = Array.from({ length: 6000 }, (_, i) => sign(i))
      expect(new Set(tokens).size).toBe(6000)
      const again = tokens.map((_, i) => sign(5999 - i)).toReversed()
      expect(again.every((token, i) => token === tokens[i])).toBe(true)
    },
  )

  it('checks the project when it is made', () => {
    expect(() => createSigner({ ...project, appId: 'short' })).toThrow(code('APP_ID_INVALID'))
    expect(() => createSigner({ ...project, appCertificate: '' })).toThrow(
      code('APP_CERTIFICATE_INVALID'),
    )
  })

  it('refuses what createToken refuses', () => {
    const signer = createSigner(project)
    expect(() => signer.createToken({ ...options, ttl: 0 })).toThrow(code('TTL_INVALID'))
    expect(() => signer.createToken({ ...options, services: [] })).toThrow(code('SERVICES_INVALID'))
  })

  it('shows no certificate', () => {
    const signer = createSigner(project)
    signer.createToken(options)
    const shown = inspect(signer, { showHidden: true, depth: 9 }) + JSON.stringify(signer)
    expect(shown).toContain(project.appId)
    expect(shown).not.toContain(project.appCertificate)
  })
})

describe('the project that was checked last', () => {
  it('lets no other one through', () => {
    createToken({ ...project, ttl: 600, services })
    for (const [wrong, error] of [
      [{ ...project, appId: 'x'.repeat(32) }, 'APP_ID_INVALID'],
      [{ ...project, appCertificate: 'x'.repeat(32) }, 'APP_CERTIFICATE_INVALID'],
    ] as const) {
      for (let i = 0; i < 2; i++) {
        expect(() => createToken({ ...wrong, ttl: 600, services })).toThrow(code(error))
      }
    }
  })
})
