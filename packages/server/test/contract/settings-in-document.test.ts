import { describe, expect, it } from 'vitest'

import { endpointsOf } from '../../src/endpoints/endpoints.ts'
import { openApiDocument } from '../../src/openapi/document.ts'
import { lazyOpenApiDocument } from '../../src/openapi/document.ts'
import { memoryRemovals } from '../../src/removal/memory-removals.ts'
import { PROJECT } from '../support/token-endpoint.ts'
import { contractOf } from './contract.ts'
import {
  documentOf,
  LIMITED,
  operationsOf,
  PARAMS,
  schemaOf,
  settingsOf,
} from './endpoint-setups.ts'
import { EVERYTHING_OPEN } from './everything-open.ts'

describe('openApiDocument', () => {
  it('lists the paths and methods that are answered', () => {
    const routes = endpointsOf(settingsOf(EVERYTHING_OPEN), {} as never)
    // A slash at the end is another spelling of the same path.
    const plain = routes.filter(({ path }) => !path.endsWith('/'))
    const answered = plain.map(({ path, endpoint }) => [
      path.replaceAll(/:(\w+)/g, '{$1}'),
      endpoint.methods.filter((method) => method !== 'HEAD').map((method) => method.toLowerCase()),
    ])
    const { paths } = documentOf(EVERYTHING_OPEN)
    const listed = Object.entries(paths).map(([path, item]) => [
      path,
      Object.keys(item).filter((name) => name !== 'parameters'),
    ])
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(answered))
  })

  it('is silent about what is closed', () => {
    expect(Object.keys(documentOf({}).paths)).toEqual(['/v1/tokens', '/v1/openapi.json'])
    expect(Object.keys(documentOf({ openapi: false }).paths)).toEqual(['/v1/tokens'])
    expect(JSON.stringify(documentOf({}))).not.toMatch(/inspector|Explanation|Readiness/)
  })

  it('lists of the old routes those whose services are on offer', () => {
    const { compat } = EVERYTHING_OPEN
    const open = Object.keys(documentOf({ ...(compat ? { compat } : {}), services: ['rtm'] }).paths)
    expect(open).toEqual(['/v1/tokens', '/v1/openapi.json', '/rtm/{user}', '/getToken', '/ping'])
  })

  it('says of each operation who has to be known', () => {
    const { paths } = documentOf(EVERYTHING_OPEN)
    expect(paths['/v1/tokens']).toHaveProperty('post.security', [{ application: [] }])
    expect(paths['/v1/tokens/inspect']).toHaveProperty('post.security', [{ inspector: [] }])
    expect(paths['/readyz']).toHaveProperty('get.security', [])
  })

  it('speaks of limits only where there are any', () => {
    expect(JSON.stringify(documentOf(EVERYTHING_OPEN))).not.toMatch(
      /rate_limited|limiter_unavailable|#\/components\/headers\/RateLimit|Problem429/,
    )
    expect(operationsOf(documentOf(LIMITED))[0]?.responses).toHaveProperty('429')
  })

  it('speaks of the store of removals only where there is one', () => {
    const removals = memoryRemovals()
    expect(JSON.stringify(documentOf({}))).not.toContain('removals_unavailable')
    expect(JSON.stringify(documentOf({ removals }))).toContain('removals_unavailable')
  })

  it('tells the bounds of a life and the services on offer', () => {
    const document = documentOf({ ttl: { min: 30, default: 600, max: 900 }, services: ['chat'] })
    const { ttl, services } = schemaOf(document, 'TokenRequest').properties
    expect(ttl).toMatchObject({ oneOf: [{ minimum: 30 }, {}], default: 600 })
    expect(JSON.stringify(ttl)).toContain('900')
    expect(services).toMatchObject({ items: { enum: ['chat'] } })
    expect(schemaOf(document, 'TokenReply').properties['expiresIn']).toMatchObject({ maximum: 900 })
  })

  it('tells what the schema of params tells', () => {
    const contract = contractOf(documentOf({ params: PARAMS }))
    const faultOf = (seat: unknown) =>
      contract.faultOf('/components/schemas/TokenRequest', { channel: 'a', params: { seat } })
    expect(faultOf(3)).toBeUndefined()
    expect(faultOf('three')).toContain('integer')
  })

  it('refuses unknown members of a request and says nothing of secrets', () => {
    const document = documentOf(EVERYTHING_OPEN)
    expect(schemaOf(document, 'TokenRequest')).toHaveProperty('additionalProperties', false)
    expect(schemaOf(document, 'InspectRequest')).toHaveProperty('additionalProperties', false)
    expect(JSON.stringify(document)).not.toContain(PROJECT.appId)
    expect(JSON.stringify(document)).not.toContain(PROJECT.appCertificate)
  })
})

describe('lazyOpenApiDocument', () => {
  it('makes the document once, and not before it is asked', () => {
    const settings = settingsOf({})
    let reads = 0
    const watched = new Proxy(settings, {
      get: (target, name, receiver) => {
        reads += 1
        return Reflect.get(target, name, receiver) as unknown
      },
    })
    const document = lazyOpenApiDocument(watched)
    expect(reads).toBe(0)
    expect(document()).toEqual(openApiDocument(settings))
    expect(document()).toBe(document())
  })
})
