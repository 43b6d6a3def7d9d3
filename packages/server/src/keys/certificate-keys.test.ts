import { fingerprint } from '@rtc-token/core'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { asyncKeys } from './async-keys.ts'
import { certificateKeys } from './certificate-keys.ts'
import { envKeys } from './env-keys.ts'
import { fileKeys } from './file-keys.ts'

const A = '5CFd2fd1755d40ecb72977518be15d3b'
const B = 'b0daae2ff3d84c3c8a8ea5bbd9a7b9c1'

describe('certificateKeys', () => {
  it('signs and verifies with the only one, at once', () => {
    const keys = certificateKeys(A)
    expect(keys.signer()).toMatchObject({ id: fingerprint(A), certificate: A })
    expect(keys.verifiers()).toEqual([keys.signer()])
  })

  it('signs with the first and verifies with both', () => {
    const keys = certificateKeys(A, B)
    expect(keys.signer()).toMatchObject({ certificate: A })
    expect(keys.verifiers()).toMatchObject([{ certificate: A }, { certificate: B }])
  })

  it('does not let a key be added to those that verify', () => {
    const verifiers = certificateKeys(A).verifiers() as unknown[]
    expect(() => verifiers.push('x')).toThrow(TypeError)
  })

  it.each([
    [[''], 'the primary certificate is not set'],
    [[A.slice(1)], 'the primary certificate has 31 characters, 32 hexadecimal digits expected'],
    [[7], 'the primary certificate is of type number, string expected'],
    [[A, ''], 'the secondary certificate is not set'],
    [[A, `${B}\n`], 'the secondary certificate starts or ends with white space'],
    [[A, A], 'the secondary certificate is the same as the primary certificate'],
    [[A, A.toUpperCase()], 'the secondary certificate is the same as the primary certificate'],
  ])('refuses %j', (certificates, message) => {
    const [primary, secondary] = certificates as [string, string?]
    expect(() => certificateKeys(primary, secondary)).toThrow(
      expect.objectContaining({ code: 'APP_CERTIFICATE_INVALID', message }),
    )
  })
})

describe('in a page', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  const makers: [string, () => unknown][] = [
    ['certificateKeys', () => certificateKeys(A)],
    ['envKeys', () => envKeys({ AGORA_APP_CERTIFICATE: A })],
    ['fileKeys', () => fileKeys({ primary: '/run/secrets/agora' })],
    ['asyncKeys', () => asyncKeys(async () => A)],
  ]

  it.each(makers)('%s refuses to hold certificates', (_name, make) => {
    vi.stubGlobal('window', {})
    vi.stubGlobal('document', {})
    expect(make).toThrow(TypeError)
    expect(make).toThrow(/^certificates do not belong in a page: a server expected/)
  })

  it('does not take a runtime with a window alone for one', () => {
    vi.stubGlobal('window', {})
    expect(certificateKeys(A).signer()).toMatchObject({ certificate: A })
  })
})
