import { describe, expect, it, vi } from 'vitest'

import {
  expectProblem,
  granted,
  testEndpoint,
  tokenRequest,
} from '../../test/support/token-endpoint.ts'
import { checkParamsBySchema, type ParamsSchema } from './params-schema.ts'
import { allow } from '../policy/policy.ts'

const wish = { channel: 'room-42', uid: 7 }

// By hand, as zod, valibot and arktype make it.
function schema(validate: ParamsSchema['~standard']['validate']): ParamsSchema {
  return { '~standard': { version: 1, validate } }
}

const seats = schema((value) => {
  const { seat } = value as { seat?: unknown }
  return typeof seat === 'number'
    ? { value: { seat } }
    : { issues: [{ message: 'a seat, please', path: ['seat'] }] }
})

describe('checkParamsBySchema', () => {
  it.each<[readonly unknown[] | undefined, string]>([
    [undefined, '/params'],
    [[], '/params'],
    [['seat'], '/params/seat'],
    [['seats', 0, { key: 'row' }], '/params/seats/0/row'],
    [['a/b', 'c~d'], '/params/a~1b/c~0d'],
    [[Symbol('s')], '/params/Symbol(s)'],
  ])('points from the path %j to %s', async (path, pointer) => {
    const issue = { message: 'no', ...(path ? { path: path as PropertyKey[] } : {}) }
    const refused = checkParamsBySchema(
      {},
      schema(() => ({ issues: [issue] })),
    )
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_request',
      message: `${pointer}: no`,
      errors: [{ pointer, detail: 'no' }],
    })
  })

  it('says every issue', async () => {
    const issues = [
      { message: 'a', path: ['a'] },
      { message: 'b', path: ['b'] },
    ]
    const refused = checkParamsBySchema(
      {},
      schema(() => ({ issues })),
    )
    await expect(refused).rejects.toMatchObject({ errors: { length: 2 } })
  })

  it('refuses in words when a schema refuses without a word', async () => {
    const refused = checkParamsBySchema(
      {},
      schema(() => ({ issues: [] })),
    )
    await expect(refused).rejects.toMatchObject({
      message: expect.not.stringContaining('undefined') as string,
    })
  })
})

describe('a handler with a schema', () => {
  it('gives the policy what the schema makes of the params', async () => {
    const authorize = vi.fn(() => allow())
    const params = schema(async () => ({ value: { seat: 4 } }))
    const { handler } = testEndpoint({ params, authorize })
    await granted(handler, tokenRequest({ ...wish, params: { seat: '4' } }))
    expect(authorize).toHaveBeenCalledWith(expect.objectContaining({ params: { seat: 4 } }))
  })

  it('asks it also when no params are sent', async () => {
    const { handler } = testEndpoint({ params: seats })
    const problem = await expectProblem(handler, tokenRequest(wish), 'invalid_request')
    expect(problem.errors).toEqual([{ pointer: '/params/seat', detail: 'a seat, please' }])
  })

  it('signs nothing when it throws', async () => {
    const params = schema(() => {
      throw new Error('broken')
    })
    const { handler, failures } = testEndpoint({ params })
    await expectProblem(handler, tokenRequest(wish), 'internal_error')
    expect(failures).toHaveLength(1)
  })

  it.each([{}, { '~standard': {} }, { '~standard': { validate: 7 } }])(
    'refuses to start with %j',
    (params) => {
      expect(() => testEndpoint({ params: params as ParamsSchema })).toThrow(TypeError)
    },
  )
})
