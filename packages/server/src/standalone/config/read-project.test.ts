import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { fingerprint } from '@rtc-token/core'
import { afterAll, describe, expect, it } from 'vitest'

import { readConfig } from './read-config.ts'
import { readProject, refusePublished } from './read-project.ts'

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const A = '5CFd2fd1755d40ecb72977518be15d3b'
const B = 'b0daae2ff3d84c3c8a8ea5bbd9a7b9c1'

const folder = mkdtempSync(join(tmpdir(), 'rtc-token-project-'))
const fileOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const FILE_A = fileOf('a', `${A}\n`)
const FILE_B = fileOf('b', B)
afterAll(() => rmSync(folder, { recursive: true }))

const read = (env: Readonly<Record<string, string>>, file = {}) =>
  readProject(readConfig(env, file), env, () => {})

const BOTH_FILES = {
  AGORA_APP_ID: APP_ID,
  AGORA_APP_CERTIFICATE_FILE: FILE_A,
  AGORA_APP_CERTIFICATE_SECONDARY_FILE: FILE_B,
}
const BOTH_VARIABLES = {
  AGORA_APP_ID: APP_ID,
  AGORA_APP_CERTIFICATE: A,
  AGORA_APP_CERTIFICATE_SECONDARY: B,
}

describe('readProject', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['files', BOTH_FILES],
    ['variables', BOTH_VARIABLES],
    ['AGORA_PROJECT', { AGORA_PROJECT: `${APP_ID}:${A}`, AGORA_APP_CERTIFICATE_SECONDARY: B }],
  ])('takes both certificates of a rotation from %s', async (_source, env) => {
    const ids = async (file: object) => {
      const { keys } = read(env, file)
      return (await keys.verifiers()).map(({ id }) => id)
    }
    expect(await ids({})).toEqual([fingerprint(A), fingerprint(B)])
    expect(await ids({ signWith: 'secondary' })).toEqual([fingerprint(B), fingerprint(A)])
  })

  it.each<[string, Readonly<Record<string, string>>, object]>([
    ['AGORA_PROJECT', { AGORA_PROJECT: `${APP_ID}:${A}` }, {}],
    ['a certificate', { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: A }, {}],
    ['nothing else', { AGORA_APP_ID: APP_ID }, {}],
    ['a variable', { AGORA_PROJECT: `${APP_ID}:${A}` }, { appCertificateSecondaryFile: FILE_B }],
  ])('refuses a file for the second certificate beside %s', (_what, env, file) => {
    const variables: Readonly<Record<string, string>> =
      'appCertificateSecondaryFile' in file
        ? env
        : { ...env, AGORA_APP_CERTIFICATE_SECONDARY_FILE: FILE_B }
    expect(() => read(variables, file)).toThrow(
      expect.objectContaining({
        name: 'ConfigError',
        message:
          'AGORA_APP_CERTIFICATE_SECONDARY_FILE: expected only with AGORA_APP_CERTIFICATE_FILE; with AGORA_APP_CERTIFICATE, set AGORA_APP_CERTIFICATE_SECONDARY',
      }),
    )
  })

  it.each([
    { NEXT_PUBLIC_AGORA_CERT: 'c'.repeat(32) },
    { VITE_KEY: A.toLowerCase() },
    { REACT_APP_X: `x${B}` },
  ])('refuses variables that bundlers publish beside files: %o', (published) => {
    expect(() => read({ ...BOTH_FILES, ...published })).toThrow(
      expect.objectContaining({ code: 'APP_CERTIFICATE_INVALID' }),
    )
    expect(() => read({ ...BOTH_FILES, VITE_KEY: 'c'.repeat(32) })).not.toThrow()
  })
})

describe('refusePublished', () => {
  it.each<[object, string]>([
    [{ appId: APP_ID, keys: {} }, 'NEXT_PUBLIC_CERTIFICATE'],
    [{ appId: APP_ID, appCertificate: A }, 'NEXT_PUBLIC_KEY'],
    [{ eu: { appId: APP_ID, keys: {} }, us: { appId: APP_ID, appCertificate: A } }, 'VITE_KEY'],
  ])('refuses what is published of %o', (project, name) => {
    expect(() => refusePublished({ [name]: A }, project)).toThrow(`${name} holds a certificate`)
    expect(() => refusePublished({ VITE_KEY: B }, project)).not.toThrow()
  })

  it('leaves what is no project to others', () => {
    for (const project of [undefined, null, 'x', [1]]) {
      expect(() => refusePublished({ VITE_KEY: A }, project)).not.toThrow()
    }
  })
})
