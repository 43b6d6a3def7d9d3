import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { PROJECT, testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { asyncKeys } from './async-keys.ts'
import { certificateKeys } from './certificate-keys.ts'
import { envKeys } from './env-keys.ts'
import { fileKeys } from './file-keys.ts'
import type { KeyRing } from './key-ring.ts'

const { appId, appCertificate: A } = PROJECT
const B = 'b0daae2ff3d84c3c8a8ea5bbd9a7b9c1'
const REFUSAL = expect.objectContaining({
  code: 'APP_CERTIFICATE_INVALID',
  message: 'a certificate of the key ring is the same as project.appId',
})

let folder = ''
let now = 0
const failures: unknown[] = []
const keyOptions = {
  clock: () => now,
  onError: (error: unknown): void => void failures.push(error),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rtc-token-app-ids-'))
  now = 0
  failures.length = 0
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const start = (keys: KeyRing) => testEndpoint({ project: { appId, keys } })

async function statusOf(keys: KeyRing): Promise<number> {
  const { status } = await start(keys).handler.respond(tokenRequest())
  return status
}

describe('an App ID in the place of a certificate', () => {
  it.each<[string, () => KeyRing]>([
    ['the only file', () => fileKeys({ primary: file('a', appId) })],
    ['a file in capitals', () => fileKeys({ primary: file('a', appId.toUpperCase()) })],
    ['the second file', () => fileKeys({ primary: file('a', A), secondary: file('b', appId) })],
    ['an argument', () => certificateKeys(appId)],
    ['the second argument', () => certificateKeys(A, appId)],
    ['a variable', () => envKeys({ AGORA_APP_CERTIFICATE: appId })],
  ])('stops the start in %s', (_name, makeRing) => {
    const keys = makeRing()
    expect(() => start(keys)).toThrow(REFUSAL)
  })

  it('stops the start in a vault that was read before', async () => {
    const keys = asyncKeys(async () => appId)
    await keys.signer()
    expect(() => start(keys)).toThrow(REFUSAL)
  })

  it.each<[string, () => unknown]>([
    ['a vault', () => appId],
    ['the second entry of a vault', () => ({ primary: A, secondary: appId })],
  ])('signs nothing in %s', async (_name, load) => {
    const { handler, failures: told } = start(asyncKeys(async () => load() as string, keyOptions))
    expect((await handler.respond(tokenRequest())).status).toBe(503)
    expect(told).toMatchObject([{ error: REFUSAL }])
    expect(await handler.readiness()).toMatchObject({ keys: 'failing' })
  })

  it.each<[string, (key: { id: string; certificate: string }) => KeyRing]>([
    ['at once', (key) => ({ signer: () => key, verifiers: () => [key] })],
    ['later', (key) => ({ signer: async () => key, verifiers: async () => [key] })],
  ])('signs nothing when a ring of your own has it %s', async (_name, makeRing) => {
    expect(await statusOf(makeRing({ id: 'x', certificate: appId }))).toBe(503)
    expect(await statusOf(makeRing({ id: 'x', certificate: A }))).toBe(200)
  })

  it('verifies no previous token when a ring of your own has it', async () => {
    const good = certificateKeys(A)
    const key = { id: 'x', certificate: appId }
    const keys: KeyRing = { signer: () => good.signer(), verifiers: () => [key] }
    const { handler } = start(keys)
    const { token } = JSON.parse((await handler.respond(tokenRequest())).body) as { token: string }
    const renewal = await handler.respond(tokenRequest({ previousToken: token }))
    expect(renewal.status).toBe(503)
  })

  it('keeps the last good keys when a file changes to it, and says so once', () => {
    const keys = fileKeys({ primary: file('a', A), ...keyOptions })
    start(keys)
    file('a', appId)
    for (now of [1000, 2000]) expect(keys.signer()).toMatchObject({ certificate: A })
    expect(failures).toEqual([REFUSAL])
    file('a', B)
    now = 3000
    expect(keys.signer()).toMatchObject({ certificate: B })
  })

  it('keeps the last good keys when a vault changes to it', async () => {
    let stored = A
    const keys = asyncKeys(async () => stored, keyOptions)
    start(keys)
    await keys.signer()
    stored = appId
    now = 300_000
    await keys.signer()
    await new Promise(setImmediate)
    expect(keys.signer()).toMatchObject({ certificate: A })
    expect(failures).toEqual([REFUSAL])
  })

  it.each([A, 7, true])(
    'is looked for in rings only; a value that is not a ring is not repeated',
    (keys) => {
      const message = `the key ring of a project: object expected, got ${typeof keys}`
      expect(() => start(keys as never)).toThrow(new TypeError(message))
    },
  )

  it('is looked for in every project that shares a ring', () => {
    const keys = certificateKeys(A, B)
    const project = { one: { appId, keys }, other: { appId: B.toUpperCase(), keys } }
    const message = 'a certificate of the key ring is the same as project.other.appId'
    expect(() => testEndpoint({ project })).toThrow(message)
  })
})
