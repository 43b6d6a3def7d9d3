import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { PROJECT } from '../../test/support/token-endpoint.ts'
import type { envKeys } from './env-keys.ts'
import { appIdFromEnv, PROJECT_VARIABLES, type ProjectEnv, projectFromEnv } from './project.ts'

const ENV = { AGORA_APP_ID: PROJECT.appId, AGORA_APP_CERTIFICATE: PROJECT.appCertificate }
const SECRET = PROJECT.appCertificate

describe('projectFromEnv', () => {
  it('reads the two variables and keeps their case', async () => {
    const { appId, keys } = projectFromEnv({ ...ENV, OTHER: 'x' })
    expect({ appId, appCertificate: (await keys.signer()).certificate }).toEqual(PROJECT)
  })

  it('hides the certificate when it is printed', () => {
    const project = projectFromEnv(ENV)
    expect(inspect(project, { depth: 9, showHidden: true })).not.toContain(SECRET)
    expect(JSON.stringify(project)).not.toContain(SECRET)
  })

  it('takes process.env and the bindings of a Worker as they are', () => {
    interface Bindings {
      AGORA_APP_ID: string
      AGORA_APP_CERTIFICATE: string
      ROOMS: object
    }
    // As frameworks declare it, and every app that declares its own variables.
    interface Declared extends NodeJS.ProcessEnv {
      readonly NODE_ENV: 'production'
    }
    expectTypeOf<Declared>().toExtend<Parameters<typeof projectFromEnv>[0]>()
    expectTypeOf<Declared>().toExtend<Parameters<typeof envKeys>[0]>()
    expectTypeOf<NodeJS.ProcessEnv>().toExtend<ProjectEnv>()
    expectTypeOf<Bindings>().toExtend<ProjectEnv>()
  })

  it.each([
    ['missing', undefined, 'is not set'],
    ['empty', '', 'is not set'],
    ['short', SECRET.slice(1), 'has 31 characters, 32 hexadecimal digits expected'],
    ['long', `${SECRET}0`, 'has 33 characters, 32 hexadecimal digits expected'],
    ['not hexadecimal', `g${SECRET.slice(1)}`, 'has characters other than 0-9, a-f and A-F'],
    ['quoted', `"${SECRET}"`, 'has 34 characters, 32 hexadecimal digits expected'],
    ['followed by a line break', `${SECRET}\n`, 'starts or ends with white space'],
    ['a number', 7 as unknown as string, 'is of type number, string expected'],
  ])('names the variable whose value is %s and repeats none of it', (_name, value, fault) => {
    const id = catchError(() => projectFromEnv({ ...ENV, AGORA_APP_ID: value }))
    expect(id).toMatchObject({ code: 'APP_ID_INVALID', message: `AGORA_APP_ID ${fault}` })
    const certificate = catchError(() => projectFromEnv({ ...ENV, AGORA_APP_CERTIFICATE: value }))
    expect(certificate).toMatchObject({
      code: 'APP_CERTIFICATE_INVALID',
      message: `AGORA_APP_CERTIFICATE ${fault}`,
    })
    expect(`${String(certificate)}${JSON.stringify(certificate)}`).not.toContain(
      SECRET.slice(1, 20),
    )
  })

  const OTHER = 'f'.repeat(32)
  const { AGORA_APP_CERTIFICATE } = ENV
  const NAMES = ['AGORA_APP_ID', 'NEXT_PUBLIC_AGORA_APP_ID', 'APP_ID']

  it.each(NAMES)('reads the App ID from %s', (name) => {
    const { appId } = projectFromEnv({ AGORA_APP_CERTIFICATE, [name]: PROJECT.appId })
    expect(appId).toBe(PROJECT.appId)
  })

  it.each([
    ["Agora's command-line tool", 'NEXT_PUBLIC_AGORA_APP_ID', 'NEXT_AGORA_APP_CERTIFICATE'],
    ["Agora's token service", 'APP_ID', 'APP_CERTIFICATE'],
  ])('reads what %s writes or reads', async (_, id, certificate) => {
    const { appId, keys } = projectFromEnv({ [id]: PROJECT.appId, [certificate]: SECRET })
    expect({ appId, appCertificate: (await keys.signer()).certificate }).toEqual(PROJECT)
  })

  it('reads the same App ID under several names, and empty ones as not set', () => {
    const same = Object.fromEntries(NAMES.map((name) => [name, PROJECT.appId]))
    expect(projectFromEnv({ AGORA_APP_CERTIFICATE, ...same }).appId).toBe(PROJECT.appId)
    const empty = { AGORA_APP_ID: '', NEXT_PUBLIC_AGORA_APP_ID: '', APP_ID: PROJECT.appId }
    expect(projectFromEnv({ AGORA_APP_CERTIFICATE, ...empty }).appId).toBe(PROJECT.appId)
  })

  it.each([
    ['AGORA_APP_ID', 'NEXT_PUBLIC_AGORA_APP_ID'],
    ['AGORA_APP_ID', 'APP_ID'],
    ['NEXT_PUBLIC_AGORA_APP_ID', 'APP_ID'],
  ])('refuses %s and %s where they differ, and repeats neither', (one, other) => {
    for (const [a, b] of [
      [PROJECT.appId, OTHER],
      [OTHER, PROJECT.appId],
      [PROJECT.appId, SECRET],
      [PROJECT.appId, PROJECT.appId.toLowerCase()],
    ]) {
      const error = catchError(() =>
        projectFromEnv({ AGORA_APP_CERTIFICATE, [one]: a, [other]: b }),
      )
      expect(error).toMatchObject({
        code: 'APP_ID_INVALID',
        message: `${one} and ${other} are both set and differ; set only one of them`,
      })
    }
  })

  it('leaves an APP_ID of another program alone, beside an App ID', () => {
    const project = projectFromEnv({ ...ENV, APP_ID: '123456' })
    expect(project.appId).toBe(PROJECT.appId)
    expect(
      catchError(() => projectFromEnv({ AGORA_APP_CERTIFICATE, APP_ID: '123456' })),
    ).toMatchObject({
      message: 'APP_ID has 6 characters, 32 hexadecimal digits expected',
    })
  })

  it.each(NAMES)('refuses the certificate where it is the same as %s', (name) => {
    const env = { AGORA_APP_CERTIFICATE: SECRET.toUpperCase(), [name]: SECRET }
    // Worse than a mix-up: bundlers publish that name.
    const isPublished = name.startsWith('NEXT_PUBLIC_')
    expect(catchError(() => projectFromEnv(env))).toMatchObject({
      code: 'APP_CERTIFICATE_INVALID',
      message: isPublished
        ? expect.stringMatching(/^NEXT_PUBLIC_AGORA_APP_ID holds a certificate/)
        : `AGORA_APP_CERTIFICATE is the same as ${name}`,
    })
  })

  it('names the usual variable where none is set', () => {
    expect(catchError(() => projectFromEnv({ AGORA_APP_CERTIFICATE }))).toMatchObject({
      code: 'APP_ID_INVALID',
      message: 'AGORA_APP_ID is not set',
    })
  })

  it('reads the App ID alone for those who only compare', () => {
    for (const name of PROJECT_VARIABLES.appId) {
      expect(appIdFromEnv({ [name]: PROJECT.appId })).toBe(PROJECT.appId)
    }
    expect(() => appIdFromEnv({})).toThrow('AGORA_APP_ID is not set')
  })

  it.each(PROJECT_VARIABLES.certificate)('reads a certificate from %s', async (name) => {
    const primary = name.endsWith('SECONDARY') ? { AGORA_APP_CERTIFICATE: OTHER } : {}
    const { keys } = projectFromEnv({ AGORA_APP_ID: PROJECT.appId, ...primary, [name]: SECRET })
    const certificates = (await keys.verifiers()).map(({ certificate }) => certificate)
    expect(certificates).toContain(SECRET)
  })

  it('refuses an App ID in the place of the certificate', () => {
    const env = { ...ENV, AGORA_APP_CERTIFICATE: ENV.AGORA_APP_ID }
    expect(() => projectFromEnv(env)).toThrow(
      expect.objectContaining({
        code: 'APP_CERTIFICATE_INVALID',
        message: 'AGORA_APP_CERTIFICATE is the same as AGORA_APP_ID',
      }),
    )
  })
})

function catchError(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}
