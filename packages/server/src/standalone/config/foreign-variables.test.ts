import { describe, expect, it } from 'vitest'

import { serviceVariables } from '../../../test/standalone/support/service-variables.ts'
import { editDistance, foreignVariables } from './foreign-variables.ts'
import { readConfig } from './read-config.ts'

const PORTS = [
  { port: 3000, protocol: 'TCP', name: 'http' },
  { port: 53, protocol: 'UDP' },
  { port: 9464, protocol: 'SCTP' },
] as const

describe('foreignVariables', () => {
  it.each(['rtc-token-server', 'rtc-token', 'rtc-token-jwt-secret', 'metrics', 'redis', 'agora'])(
    'takes what Kubernetes makes for a service %s as that',
    (service) => {
      const env = serviceVariables(service, PORTS)
      const { services, unknown } = foreignVariables(env)
      expect(unknown).toEqual([])
      const seen = Object.keys(env).filter((name) => /^RTC_TOKEN_|^METRICS_PORT$/.test(name))
      expect(services).toEqual(seen)
      expect(readConfig(env)).toEqual(readConfig({}))
    },
  )

  it.each([
    ['PORT', 'tcp://10.0.0.7:3000'],
    ['METRICS_PORT', 'udp://10.0.0.7:9464'],
    ['RTC_TOKEN_METRICS_PORT', 'tcp://[fd00::7]:9464'],
    ['RTC_TOKEN_PORT', 'sctp://10.0.0.7:3000'],
  ])('takes %s=%s as made for a service', (name, value) => {
    expect(foreignVariables({ [name]: value })).toEqual({ services: [name], unknown: [] })
    expect(readConfig({ [name]: value })).toEqual(readConfig({}))
  })

  it('takes what Docker makes for a link as that', () => {
    const env = {
      RTC_TOKEN_NAME: '/web/rtc-token',
      RTC_TOKEN_PORT: 'tcp://172.17.0.5:3000',
      RTC_TOKEN_PORT_3000_TCP: 'tcp://172.17.0.5:3000',
      RTC_TOKEN_PORT_3000_TCP_START: 'tcp://172.17.0.5:3000',
      RTC_TOKEN_PORT_3000_TCP_PORT_END: '3001',
      RTC_TOKEN_ENV_NODE_VERSION: '22',
    }
    expect(foreignVariables(env)).toEqual({ services: Object.keys(env), unknown: [] })
  })

  it.each([
    ['RTC_TOKEN_LIMIT_PER_IPS', 'RTC_TOKEN_LIMIT_PER_IP'],
    ['RTC_TOKEN_JWT_ISUER', 'RTC_TOKEN_JWT_ISSUER'],
    ['RTC_TOKEN_TLL_MAX', 'RTC_TOKEN_TTL_MAX'],
    ['RTC_TOKEN_TRUST_PROXIES', 'RTC_TOKEN_TRUST_PROXY'],
    ['RTC_TOKEN_HSOT', 'RTC_TOKEN_HOST'],
    ['RTC_TOKEN_JWT_SECRT_FILE', 'RTC_TOKEN_JWT_SECRET_FILE'],
    ['RTC_TOKEN_JWT_AUDIENCE_FILE', 'RTC_TOKEN_JWT_AUDIENCE'],
    ['RTC_TOKEN_PORT', 'PORT'],
    ['RTC_TOKEN_REDIS_URL', 'REDIS_URL'],
    ['RTC_TOKEN_DRAIN_SECOND', 'DRAIN_SECONDS'],
    ['RTC_TOKEN_AGORA_PROJECT', 'AGORA_PROJECT'],
  ])('refuses %s, which is nearly %s', (name, meant) => {
    expect(() => foreignVariables({ [name]: '1' })).toThrow(
      expect.objectContaining({
        name: 'ConfigError',
        message: `${name} is not a setting; did you mean ${meant}?`,
      }),
    )
  })

  it.each([
    'RTC_TOKEN_URL',
    'RTC_TOKEN_ENDPOINT',
    'RTC_TOKEN_VERSION',
    'RTC_TOKEN_X',
    'RTC_TOKEN_',
  ])('does not know %s, and lets it be', (name) => {
    expect(foreignVariables({ [name]: '1' })).toEqual({ services: [], unknown: [name] })
  })

  it('leaves alone what begins otherwise', () => {
    const env = {
      METRIC_PORT: '1',
      REDIS_PORT: 'tcp://x:1',
      SERVICE_HOST: 'x',
      PATH: '/bin',
      PORT: '1',
    }
    expect(foreignVariables(env)).toEqual({ services: [], unknown: [] })
  })
})

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['host', 'host', 0],
    ['host', 'hosts', 1],
    ['host', 'hots', 1],
    ['host', 'post', 1],
    ['kitten', 'sitting', 3],
  ])('of %o and %o is %i', (a, b, distance) => {
    expect([editDistance(a, b), editDistance(b, a)]).toEqual([distance, distance])
  })
})
