import { describe, expect, it } from 'vitest'

import { PROJECT } from '../../test/support/token-endpoint.ts'
import { checkOptions } from './resolve-options.ts'
import type { TokenHandlerOptions } from './handler-options.ts'
import { allow } from '../policy/policy.ts'

const OPTIONS: TokenHandlerOptions<string> = {
  project: PROJECT,
  authenticate: () => 'alice',
  authorize: () => allow(),
}

describe('checkOptions', () => {
  it('fills in the defaults', () => {
    expect(checkOptions(OPTIONS)).toMatchObject({
      ttl: { min: 60, default: 3600, max: 86_400 },
      timeoutMs: 5000,
      version: '007',
    })
  })

  it.each([
    [{ max: 1800 }, { min: 60, default: 1800, max: 1800 }],
    [{ max: 30 }, { min: 30, default: 30, max: 30 }],
    [{ min: 7200 }, { min: 7200, default: 7200, max: 86_400 }],
    [{ default: 90 }, { min: 60, default: 90, max: 86_400 }],
    [
      { min: 1, default: 1, max: 1 },
      { min: 1, default: 1, max: 1 },
    ],
  ])('bends the other defaults to ttl %j', (ttl, expected) => {
    expect(checkOptions({ ...OPTIONS, ttl }).ttl).toEqual(expected)
  })

  it.each([
    [undefined, 'createTokenHandler options: object expected, got undefined'],
    [{ authenticate: undefined }, 'authenticate: function expected, got undefined'],
    [{ authorize: undefined }, 'authorize: function expected, got undefined'],
    [{ authorize: true }, 'authorize: function expected, got boolean'],
    [{ project: undefined }, 'project: object expected, got undefined'],
    [{ project: null }, 'project: object expected, got null'],
    [{ project: PROJECT.appCertificate }, 'project: object expected, got string'],
    [{ authorise: () => allow() }, /^createTokenHandler options: only .* expected, got authorise$/],
    [{ ttl: 3600 }, 'ttl: object expected, got 3600'],
    [{ ttl: { maximum: 60 } }, 'ttl: only default, max, min expected, got maximum'],
    [{ ttl: { max: 86_401 } }, 'ttl.max: integer 1 to 86400 expected, got 86401'],
    [{ ttl: { max: '1h' } }, 'ttl.max: integer 1 to 86400 expected, got string'],
    [{ ttl: { min: 0 } }, 'ttl.min: integer 1 to 86400 expected, got 0'],
    [{ ttl: { min: 1.5 } }, 'ttl.min: integer 1 to 86400 expected, got 1.5'],
    [{ ttl: { min: 100, max: 90 } }, 'ttl.min: integer 1 to 90 expected, got 100'],
    [{ ttl: { default: 59 } }, 'ttl.default: integer 60 to 86400 expected, got 59'],
    [{ ttl: { default: 100, max: 90 } }, 'ttl.default: integer 60 to 90 expected, got 100'],
    [{ ttl: { default: Number.NaN } }, 'ttl.default: integer 60 to 86400 expected, got NaN'],
    [{ timeoutMs: 0 }, 'timeoutMs: integer 1 to 2147483647 expected, got 0'],
    [{ timeoutMs: Infinity }, 'timeoutMs: integer 1 to 2147483647 expected, got Infinity'],
    [{ version: '005' }, "version: '007' or '006' expected, got string"],
    [
      { version: '006', services: ['rtc', 'rtm'] },
      "services: ['rtc'] expected with version '006', which holds one service",
    ],
    [{ clock: 0 }, 'clock: function expected, got 0'],
    [{ random: 0.5 }, 'random: function expected, got 0.5'],
    [{ onError: 'log' }, 'onError: function expected, got string'],
  ])('stops the start at %o', (spoilt, message) => {
    const options = (spoilt && { ...OPTIONS, ...spoilt }) as TokenHandlerOptions<string>
    expect(() => checkOptions(options)).toThrow(TypeError)
    expect(() => checkOptions(options)).toThrow(
      typeof message === 'string' ? new TypeError(message) : message,
    )
  })

  it.each([
    [
      { appId: 'x' },
      'APP_ID_INVALID',
      'project.appId has 1 characters, 32 hexadecimal digits expected',
    ],
    [{ appCertificate: '' }, 'APP_CERTIFICATE_INVALID', 'project.appCertificate is not set'],
    [
      { appCertificate: PROJECT.appId },
      'APP_CERTIFICATE_INVALID',
      'project.appCertificate is the same as project.appId',
    ],
  ])('stops the start at a project with %o', (spoilt, code, message) => {
    expect(() => checkOptions({ ...OPTIONS, project: { ...PROJECT, ...spoilt } })).toThrow(
      expect.objectContaining({ code, message }),
    )
  })
})
