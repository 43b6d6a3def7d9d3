import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createToken, rtc, verifyToken } from '@rtc-token/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { asyncKeys } from './async-keys.ts'
import { certificateKeys } from './certificate-keys.ts'
import { envKeys } from './env-keys.ts'
import { fileKeys } from './file-keys.ts'
import type { KeyRing } from './key-ring.ts'

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const OLD = '5CFd2fd1755d40ecb72977518be15d3b'
const NEW = 'b0daae2ff3d84c3c8a8ea5bbd9a7b9c1'
const START = 1_795_288_141
const TTL = 3600

/** The runbook: what is deployed at each step, and how long after the step before. */
const STEPS = [
  { name: 'before', after: 0, first: OLD, second: undefined },
  { name: 'secondary added', after: 600, first: OLD, second: NEW },
  { name: 'signing with the new one', after: 600, first: NEW, second: OLD },
  { name: 'old one dropped', after: TTL, first: NEW, second: undefined },
] as const

type Step = (typeof STEPS)[number]

let folder = ''
const failures: unknown[] = []
const onError = (error: unknown): void => void failures.push(error)

beforeEach(() => {
  failures.length = 0
  folder = mkdtempSync(join(tmpdir(), 'rtc-token-rotation-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function deployEnv({ first, second }: Step): KeyRing {
  if (!second) return envKeys({ AGORA_APP_CERTIFICATE: first })
  const both = { AGORA_APP_CERTIFICATE: OLD, AGORA_APP_CERTIFICATE_SECONDARY: NEW }
  return envKeys(first === OLD ? both : { ...both, AGORA_SIGN_WITH: 'secondary' })
}

/** The files change under a ring that goes on; only for another number of files it is deployed anew. */
function deployFiles(): (step: Step) => KeyRing {
  let now = 0
  let running: { readonly keys: KeyRing; readonly files: number } | undefined
  return ({ first, second }) => {
    now += 1000
    const primary = join(folder, 'primary')
    const secondary = join(folder, 'secondary')
    writeFileSync(primary, first)
    if (second) writeFileSync(secondary, second)
    const files = second ? 2 : 1
    if (running?.files === files) return running.keys
    const options = { primary, clock: () => now, onError }
    running = { files, keys: fileKeys(second ? { ...options, secondary } : options) }
    return running.keys
  }
}

/** One ring goes on through all steps, and what is loaded changes. */
function deployVault(): (step: Step) => Promise<KeyRing> {
  let now = 0
  let stored = {} as { readonly primary: string; readonly secondary?: string }
  const keys = asyncKeys(async () => stored, { clock: () => now, onError })
  return async ({ first, second }) => {
    stored = second ? { primary: first, secondary: second } : { primary: first }
    now += 300_000
    await keys.signer()
    await new Promise(setImmediate)
    return keys
  }
}

describe('a rotation by the runbook', () => {
  it.each<[string, () => (step: Step) => KeyRing | Promise<KeyRing>]>([
    [
      'certificateKeys',
      () =>
        ({ first, second }) =>
          certificateKeys(first, second),
    ],
    ['envKeys', () => deployEnv],
    ['fileKeys', deployFiles],
    ['asyncKeys', deployVault],
  ])('of %s leaves every token in use valid', async (_name, start) => {
    const deploy = start()
    const signedWith: string[] = []
    let tokens: { readonly token: string; readonly endsAt: number }[] = []
    let now = START
    for (const step of STEPS) {
      now += step.after
      tokens = tokens.filter(({ endsAt }) => endsAt > now)
      const keys = await deploy(step)
      await expectAllVerify(tokens, keys, now)
      const { certificate } = await keys.signer()
      signedWith.push(certificate)
      tokens.push({ token: issue(certificate, now), endsAt: now + TTL })
      await expectAllVerify(tokens, keys, now)
    }
    expect(signedWith).toEqual([OLD, OLD, NEW, NEW])
    expect(failures).toEqual([])
  })

  it('loses tokens where the old certificate is dropped at once', async () => {
    const tokens = [{ token: issue(OLD, START) }]
    await expect(expectAllVerify(tokens, certificateKeys(NEW), START)).rejects.toThrow(
      expect.objectContaining({ code: 'SIGNATURE_INVALID' }),
    )
  })
})

function issue(appCertificate: string, issuedAt: number): string {
  const services = [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })]
  return createToken({ appId: APP_ID, appCertificate, issuedAt, ttl: TTL, services })
}

async function expectAllVerify(
  tokens: readonly { readonly token: string }[],
  keys: KeyRing,
  now: number,
): Promise<void> {
  const appCertificates = (await keys.verifiers()).map(({ certificate }) => certificate)
  for (const { token } of tokens) {
    verifyToken(token, { appCertificates, appId: APP_ID, channel: 'room-42', uid: 1234, now })
  }
}
