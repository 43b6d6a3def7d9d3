import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'

import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { allow } from '../../src/policy/policy.ts'
import { testEndpoint, tokenRequest } from '../support/token-endpoint.ts'
import { contractOf } from './contract.ts'
import { documentOf, operationsOf, schemaOf, SETUPS } from './endpoint-setups.ts'

/** Every `$ref` of a document. */
function refsIn(document: OpenApiDocument): Set<string> {
  const refs = JSON.stringify(document).matchAll(/"\$ref":"#(\/components[^"]+)"/g)
  return new Set([...refs].map(([, pointer = '']) => pointer))
}

describe.each(SETUPS)('the document of an endpoint %s', (_setup, options) => {
  const document = documentOf(options)

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(JSON.parse(JSON.stringify(document)))
    expect(result.errors).toBeUndefined()
    expect(result.valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  })

  it('refers only to what it has, and has no schema to which nothing refers', () => {
    const refs = refsIn(document)
    const { schemas = {}, responses = {}, headers = {}, parameters = {} } = document.components
    const has = Object.entries({ schemas, responses, headers, parameters }).flatMap(
      ([section, members]) => Object.keys(members).map((name) => `/components/${section}/${name}`),
    )
    const unused = has.filter((pointer) => !refs.has(pointer))
    expect([...refs].filter((pointer) => !has.includes(pointer))).toEqual([])
    expect(unused.filter((pointer) => !/Problem40[45]$/.test(pointer))).toEqual([])
  })

  it('gives examples that satisfy their schemas', () => {
    const contract = contractOf(document)
    for (const name of Object.keys(document.components['schemas'] ?? {})) {
      for (const example of schemaOf(document, name).examples ?? []) {
        expect(contract.faultOf(`/components/schemas/${name}`, example)).toBeUndefined()
      }
    }
  })

  it('gives an example that is granted', async () => {
    const { handler } = testEndpoint({
      authorize: ({ wish }) => allow({ ...IDENTITY, role: wish.role }),
      ...options,
    })
    const [example] = schemaOf(document, 'TokenRequest').examples ?? []
    expect((await handler.fetch(tokenRequest(example))).status).toBe(200)
  })

  it('names every operation once, and every parameter of its path', () => {
    const names = operationsOf(document).map(({ operationId }) => operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const [path, item] of Object.entries(document.paths)) {
      const inPath = (item['parameters'] ?? []) as { name: string; in: string }[]
      const named = inPath
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => `{${name}}`)
      expect(named).toEqual(path.match(/\{\w+\}/g) ?? [])
    }
  })
})

const IDENTITY = { identity: { account: 'alice' } }
