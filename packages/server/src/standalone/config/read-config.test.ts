import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import { readConfig } from './read-config.ts'
import { isSecret } from './secret.ts'
import { SETTING_NAMES, SETTINGS } from './settings-table.ts'

describe('readConfig', () => {
  it('fills in what is not said, taking empty variables as such', () => {
    expect(readConfig({ PORT: '', GRACE_SECONDS: '' })).toMatchObject({
      port: 3000,
      graceSeconds: 10,
      limitPerIp: 60,
      limitPerSubject: 20,
      drainSeconds: 5,
      trustProxy: false,
      corsOrigins: undefined,
      services: ['rtc'],
    })
  })

  it('reads variables', () => {
    const env = {
      PORT: '0',
      RTC_TOKEN_CORS_ORIGINS: 'https://a.example, https://b.example',
      RTC_TOKEN_SERVICES: 'rtc,rtm',
      RTC_TOKEN_TRACING: 'true',
      RTC_TOKEN_TRUST_PROXY: '10.0.0.1,10.0.0.2',
    }
    expect(readConfig(env)).toMatchObject({
      port: 0,
      corsOrigins: ['https://a.example', 'https://b.example'],
      services: ['rtc', 'rtm'],
      tracing: true,
      trustProxy: ['10.0.0.1', '10.0.0.2'],
    })
  })

  it.each([
    ['true', true],
    ['false', false],
    ['0', 0],
    ['2', 2],
    ['loopback', 'loopback'],
    ['uniquelocal', 'uniquelocal'],
    ['10.0.0.0/8, 2001:db8::/32, loopback', ['10.0.0.0/8', '2001:db8::/32', 'loopback']],
  ])('reads proxies: %s', (text, trustProxy) => {
    expect(readConfig({ RTC_TOKEN_TRUST_PROXY: text }).trustProxy).toEqual(trustProxy)
    expect(readConfig({}, { trustProxy }).trustProxy).toEqual(trustProxy)
  })

  it('reads a variable by both its names, of which the prefixed one counts', () => {
    expect(readConfig({ METRICS_PORT: '1' }).metricsPort).toBe(1)
    expect(readConfig({ METRICS_PORT: 'x', RTC_TOKEN_METRICS_PORT: '2' }).metricsPort).toBe(2)
  })

  it('reads members of a file, over which variables win', () => {
    const file = { port: 8080, drainSeconds: 2, corsOrigins: ['https://a.example'] }
    expect(readConfig({ PORT: '9090' }, file)).toMatchObject({
      port: 9090,
      drainSeconds: 2,
      corsOrigins: ['https://a.example'],
    })
  })

  it.each([
    [{ PORT: '65536' }, 'PORT: integer 0 to 65535 expected, got a string of 5 characters'],
    [{ GRACE_SECONDS: '3601' }, 'GRACE_SECONDS: integer 0 to 3600'],
    [{ GRACE_SECONDS: '1e1' }, 'GRACE_SECONDS: integer 0 to 3600'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: trace or debug'],
    [{ RTC_TOKEN_SERVICES: 'rtc,,rtm' }, 'RTC_TOKEN_SERVICES: list of rtc or rtm or chat'],
    [{ REDIS_URL: 'http://x' }, 'REDIS_URL: redis:// or rediss:// URL'],
    [
      { RTC_TOKEN_TRUST_PROXY: '10.0.0.0/33' },
      'RTC_TOKEN_TRUST_PROXY: true, false, number of hops',
    ],
    [{ RTC_TOKEN_TRUST_PROXY: '33' }, 'RTC_TOKEN_TRUST_PROXY: true, false, number of hops'],
    [{ RTC_TOKEN_TRACING: 'yes' }, 'RTC_TOKEN_TRACING: true or false'],
    [{ RTC_TOKEN_LIMIT_PER_IPS: '1' }, 'RTC_TOKEN_LIMIT_PER_IPS is not a setting'],
    [{ METRICS_PORT: 'x' }, 'METRICS_PORT: integer 0 to 65535'],
    [{ METRICS_PORT: 'http://x:1' }, 'METRICS_PORT: integer 0 to 65535'],
  ])('refuses %o', (env, message) => {
    expect(() => readConfig(env)).toThrow(expect.objectContaining({ name: 'ConfigError' }))
    expect(() => readConfig(env)).toThrow(message)
  })

  it('refuses members of a file that are unknown, malformed or secret', () => {
    expect(() => readConfig({}, { prot: 1 })).toThrow(/only appId, .*port.* expected, got prot/)
    expect(() => readConfig({}, { port: [1] })).toThrow(
      'port: integer 0 to 65535 expected, got a list',
    )
    expect(() => readConfig({}, { constructor: 1 })).toThrow('got constructor')
    expect(() => readConfig({}, { redisUrl: 'redis://x' })).toThrow(
      'set the variable REDIS_URL instead',
    )
  })

  it('refuses a secret and a file for it at once', () => {
    const env = { REDIS_URL: 'redis://x', REDIS_URL_FILE: '/x' }
    expect(() => readConfig(env)).toThrow('REDIS_URL and REDIS_URL_FILE: only one expected')
  })

  it('repeats nothing of what should have been a path', () => {
    const text = 'd'.repeat(40)
    expect(() => readConfig({ RTC_TOKEN_JWT_SECRET_FILE: text })).toThrow(
      'RTC_TOKEN_JWT_SECRET_FILE: path of a file expected, got a string of 40 characters (ENOENT)',
    )
    const certificate = 'c'.repeat(32)
    expect(() => readConfig({ AGORA_APP_CERTIFICATE_FILE: certificate })).toThrow(
      'AGORA_APP_CERTIFICATE_FILE: path of a file expected, got a string of 32 characters',
    )
    expect(readConfig({ AGORA_APP_CERTIFICATE_FILE: `./${certificate}` })).toMatchObject({
      appCertificateFile: `./${certificate}`,
    })
  })

  it('keeps secrets out of printed settings', () => {
    const text = 'x-secret-'.repeat(5)
    const config = readConfig({ RTC_TOKEN_JWT_SECRET: text })
    expect(config.jwtSecret?.reveal()).toBe(text)
    const printed = [JSON.stringify(config), inspect(config, { showHidden: true, depth: 9 })]
    expect([...printed, String(config.jwtSecret)].join()).not.toContain('x-secret')
  })

  it('holds every setting that the table calls a secret as one', () => {
    const values: Readonly<Record<string, string>> = {
      project: `${'a'.repeat(32)}:${'b'.repeat(32)}`,
      redisUrl: 'redis://x',
    }
    const secrets = SETTING_NAMES.filter((name) => SETTINGS[name].isSecret)
    expect(secrets).toHaveLength(7)
    for (const name of secrets) {
      const value = values[name] ?? 'c'.repeat(32)
      expect(isSecret(readConfig({ [SETTINGS[name].variable]: value })[name])).toBe(true)
    }
  })
})
