import { describe, expect, it } from 'vitest'

import type { ParamsSchema } from '../wish/params-schema.ts'
import { paramsJsonSchema } from './params-json-schema.ts'

function schema(jsonSchema?: unknown): ParamsSchema {
  const standard = { version: 1, validate: (value: unknown) => ({ value }), jsonSchema } as const
  return { '~standard': standard }
}

describe('paramsJsonSchema', () => {
  it('is what the schema says of its input, as a resource of its own', () => {
    const seat = { type: 'object', properties: { seat: { $ref: '#/$defs/seat' } } }
    const targets: unknown[] = []
    const converter = {
      seat,
      input({ target }: { target: string }) {
        targets.push(target)
        return { ...this.seat, $defs: { seat: { type: 'integer' } }, own: () => {} }
      },
    }
    expect(paramsJsonSchema(schema(converter))).toEqual({
      ...seat,
      $defs: { seat: { type: 'integer' } },
      $id: 'urn:rtc-token:params',
    })
    expect(targets).toEqual(['draft-2020-12'])
  })

  const cannot = (): never => {
    throw new Error('a date is no JSON')
  }
  it.each([
    ['no schema', undefined],
    ['a schema that cannot say', schema()],
    ['a schema that fails to say', schema({ input: cannot })],
    ['a schema that says nothing', schema({ input: () => undefined })],
  ])('is any object for %s', (_which, params) => {
    expect(paramsJsonSchema(params)).toEqual({ type: 'object' })
  })
})
