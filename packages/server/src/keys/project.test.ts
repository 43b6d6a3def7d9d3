import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { PROJECT } from '../../test/support/token-endpoint.ts'
import type { envKeys } from './env-keys.ts'
import { type ProjectEnv, projectFromEnv } from './project.ts'

const ENV = { AGORA_APP_ID: PROJECT.appId, AGORA_APP_CERTIFICATE: PROJECT.appCertificate }
const SECRET = PROJECT.appCertificate

describe('projectFromEnv', () => {
  it('reads the two variables and keeps their case', async () => {
    const { appId, keys } = projectFromEnv({ ...ENV, OTHER: 'x' })
    expect({ appId, appCertificate: (await keys.signer()).certificate }).toEqual(PROJECT)
  })

  it('hides the certificate from whoever prints it', () => {
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
    ['a number', 7 as unknown as string, 'is of type number, text expected'],
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
