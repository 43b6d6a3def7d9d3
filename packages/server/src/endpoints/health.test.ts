import { describe, expect, it } from 'vitest'

import { expectProblem, testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'

const ask = (path: string, method = 'GET') =>
  tokenRequest('', { path, method, headers: { authorization: '' } })

describe('what is open to everybody', () => {
  it.each(['/healthz', '/readyz', '/v1/openapi.json'])(
    'answers GET and HEAD at %s',
    async (path) => {
      const { handler } = testEndpoint({ health: true })
      for (const method of ['GET', 'HEAD']) {
        const { status, headers } = await handler.respond(ask(path, method))
        expect(status).toBe(200)
        expect(headers).toMatchObject({ 'content-type': 'application/json' })
      }
      await expectProblem(handler, ask(path, 'POST'), 'method_not_allowed')
    },
  )

  it('is the contract that the handler has', async () => {
    const { handler } = testEndpoint()
    const { body } = await handler.respond(ask('/v1/openapi.json'))
    expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(handler.openapi)))
  })

  it('is not the contract where that is closed', async () => {
    await expectProblem(
      testEndpoint({ openapi: false }).handler,
      ask('/v1/openapi.json'),
      'not_found',
    )
  })
})
