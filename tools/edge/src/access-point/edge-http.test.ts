import { describe, expect, it } from 'vitest'
import { serveEdge } from '../../test/support/edge-server.ts'

describe('answerHttp', () => {
  it('gives an account one number, and another account another', async () => {
    const numberOf = async (account: string): Promise<unknown> => {
      const server = await serveEdge()
      const body = JSON.stringify({ string_uid: account })
      const response = await server.post('sua-ap-web-1.agora.io', '/api/v1?action=stringuid', body)
      return response.json()
    }
    const ann = await numberOf('ann')
    expect(ann).toEqual({ code: 0, uid: expect.any(Number) })
    expect(await numberOf('ann')).toEqual(ann)
    expect(await numberOf('bob')).not.toEqual(ann)
  })

  it.each([
    ['{"string_uid":""}', 200, { code: 9_010_002 }],
    ['null', 200, { code: 9_010_002 }],
    ['{', 400, {}],
  ])('has no number for %s', async (body, status, json) => {
    const server = await serveEdge()
    const response = await server.post('sua-ap-web-1.agora.io', '/api/v1?action=stringuid', body)
    expect([response.status, await response.json()]).toEqual([status, json])
  })

  it('lets noise pass, from any page', async () => {
    const server = await serveEdge()
    const headers = { origin: 'https://a.example', 'content-type': 'application/octet-stream' }
    const response = await server.post('cds.agora.io', '/api/v1?action=config', '{', { headers })
    expect([response.status, await response.json()]).toEqual([200, {}])
    expect(response.headers.get('access-control-allow-origin')).toBe('https://a.example')
  })

  it('permits what a preflight asks for', async () => {
    const server = await serveEdge()
    const headers = { 'access-control-request-headers': 'x-packet-uri' }
    const init = { method: 'OPTIONS', headers, body: null }
    const response = await server.post('events.agora.io', '/', '', init)
    expect(response.headers.get('access-control-allow-headers')).toBe('x-packet-uri')
  })

  it('reads no more than it must', async () => {
    const server = await serveEdge()
    const post = server.post('events.agora.io', '/', 'x'.repeat(2_000_000))
    const outcome = await post.then(
      ({ status }) => status,
      () => 413,
    )
    expect(outcome).toBe(413)
  })
})
