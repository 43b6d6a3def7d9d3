import { describe, expect, it } from 'vitest'
import { decodeToken, explainToken } from '../src/inspect.ts'
import {
  encodeDynamicKey001,
  encodeDynamicKey002,
} from '../src/dynamic-key/dynamic-key-001-to-003.ts'
import { encodeDynamicKey004 } from '../src/dynamic-key/dynamic-key-004.ts'
import { encodeDynamicKey005 } from '../src/dynamic-key/dynamic-key-005.ts'
import {
  createDynamicKey001,
  createDynamicKey002,
  createDynamicKey003,
  createDynamicKey004,
  createDynamicKey005,
  createSignalingToken,
} from '../src/dynamic-key/index.ts'
import { encodeSignalingToken } from '../src/dynamic-key/signaling-token.ts'
import { readVectors } from './vector-rows.ts'

/** A vector's request for a key from before 006; which members it has depends on the version. */
interface KeyRequest {
  readonly version: string
  readonly appId: string
  readonly appCertificate: string
  readonly channel: string
  readonly account: string
  readonly unixTs: number
  readonly salt: number
  readonly uid: number
  readonly expiredTs: number
  readonly service: keyof typeof SERVICES
  readonly permission?: keyof typeof PERMISSIONS
}

const SERVICES = {
  media: 'media',
  recording: 'recording',
  public: 'public-sharing',
  inchannel: 'in-channel-permission',
} as const
const PERMISSIONS = { 0: 'no-upload', 3: 'audio-video-upload' } as const
const VERSIONS = new Set(['001', '002', '003', '004', '005', 'signaling'])

// What the references sign and the rules of this package refuse: no channel, an account outside the
// alphabet, an end before the year 2001.
const REFUSED: Readonly<Record<string, string>> = {
  f315: 'CLAIM_INVALID',
  f317: 'CHANNEL_INVALID',
  f321: 'ACCOUNT_INVALID',
}

function rowsOf(name: 'golden' | 'differential') {
  return readVectors(name)
    .filter(({ request }) => VERSIONS.has(request.version))
    .map(({ id, request, token = '' }) => ({
      id,
      token,
      // The requests of these versions have other members.
      request: request as unknown as KeyRequest,
    }))
}

/** The request in the words of this package. */
function optionsOf({ service, permission, unixTs, expiredTs, ...request }: KeyRequest) {
  const permitted = permission === undefined ? undefined : PERMISSIONS[permission]
  const names = { service: SERVICES[service], permission: permitted }
  return { ...request, ...names, issuedAt: unixTs, expiresAt: expiredTs }
}

type Options = ReturnType<typeof optionsOf>

const ENCODE: Readonly<Record<string, (options: Options, certificate: string) => string>> = {
  '001': encodeDynamicKey001,
  '002': encodeDynamicKey002,
  '003': (options, certificate) => `003${encodeDynamicKey002(options, certificate)}`,
  '004': (options, certificate) => encodeDynamicKey004(options as never, certificate),
  '005': encodeDynamicKey005,
  signaling: encodeSignalingToken,
}

const CREATE: Readonly<Record<string, (options: Options) => string>> = {
  '001': createDynamicKey001,
  '002': createDynamicKey002,
  '003': createDynamicKey003,
  '004': (options) => createDynamicKey004(options as never),
  '005': (options) => createDynamicKey005(options as never),
  signaling: createSignalingToken,
}

describe.each(['golden', 'differential'] as const)('%s vectors of older keys', (name) => {
  const rows = rowsOf(name)
  const allowed = rows.filter(({ id }) => !(id in REFUSED))
  const refused = rows.filter(({ id }) => id in REFUSED)

  it('has every row of versions 001 to 005 and of signaling', () => {
    expect(rows).toHaveLength({ golden: 16, differential: 7 }[name])
    expect(refused).toHaveLength({ golden: 0, differential: 3 }[name])
  })

  it.each(rows)('$id is signed as the references sign it', ({ request, token }) => {
    const { version, appCertificate } = request
    expect(ENCODE[version]!(optionsOf(request), appCertificate)).toBe(token)
  })

  it.each(allowed)('$id is what the public function gives', ({ request, token }) => {
    expect(CREATE[request.version]!(optionsOf(request))).toBe(token)
  })

  it.runIf(refused.length > 0).each(refused)(
    '$id is refused by the public function',
    ({ id, request }) => {
      expect(() => CREATE[request.version]!(optionsOf(request))).toThrow(
        expect.objectContaining({ code: REFUSED[id] }),
      )
    },
  )

  it.each(rows)('$id is named by decodeToken, and not repeated', ({ request, token }) => {
    const error = attempt(() => decodeToken(token))
    expect(error).toMatchObject({ code: 'TOKEN_VERSION_UNSUPPORTED' })
    expect(String(error)).toContain(nameOf(request.version))
    expect(String(error)).toContain('006 or 007 expected')
    expect(String(error)).not.toContain(token.slice(0, 12))
  })

  it.each(rows)('$id is named by explainToken, also in quotes', ({ request, token }) => {
    const code = request.version === 'signaling' ? 'TEXT_SIGNALING_TOKEN' : 'TEXT_OLD_KEY'
    for (const text of [token, ` "${token}"\n`]) {
      const { kind, findings } = explainToken(text)
      expect(kind).toBe('not-a-token')
      const found = findings.find((finding) => finding.code === code)
      expect(found?.message).toContain(nameOf(request.version))
    }
  })
})

function nameOf(version: string): string {
  return version === 'signaling' ? 'a signaling token' : `a dynamic key of version ${version}`
}

function attempt(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}
