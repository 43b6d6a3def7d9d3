import { describe, expect, it } from 'vitest'
import { type EdgeServer, serveEdge } from '../../test/support/edge-server.ts'
import { mint, PROJECT } from '../../test/support/project.ts'
import { tokenFingerprint } from '../judge/token-fingerprint.ts'

const HOST = 'webrtc2-ap-web-1.agora.io'
const PATH = '/api/v2/transpond/webrtc?v=2'

interface AccessReply {
  readonly opid: number
  readonly detail: object
  readonly response_body: readonly {
    readonly uri: number
    readonly buffer: Readonly<Record<string, unknown>>
  }[]
}

function form(token: string, changes: object = {}, appid: string = PROJECT.appId): FormData {
  const detail = { 6: undefined }
  const buffer = { cname: 'room', key: token, uid: 7, service_ids: [11, 26], detail, ...changes }
  const request = { appid, opid: 42, request_bodies: [{ uri: 22, buffer }] }
  const data = new FormData()
  data.append('request', JSON.stringify(request))
  return data
}

async function ask(server: EdgeServer, body: FormData): Promise<AccessReply> {
  const response = await server.post(HOST, PATH, body)
  expect(response.status).toBe(200)
  return (await response.json()) as AccessReply
}

describe('access point', () => {
  it('sends those with a good token to a gateway on a host of the platform', async () => {
    const server = await serveEdge()
    const reply = await ask(server, form(mint()))
    expect(reply).toMatchObject({ opid: 42, detail: {} })
    const [gateway, proxy] = reply.response_body
    expect(gateway).toMatchObject({
      uri: 23,
      buffer: { code: 0, flag: 4096, uid: 7, cname: 'room' },
    })
    expect(gateway?.buffer['edges_services']).toMatchObject([{ domain_prefix: 'stand-in' }])
    expect(proxy).toMatchObject({ buffer: { code: 0, flag: 4_194_310, edges_services: [] } })
    expect(server.edge.observations.all).toEqual([])
  })

  it('refuses a wrong token with 2010009 and an expired one with 2010013', async () => {
    const server = await serveEdge()
    const wrong = mint({ user: { uid: 8 } })
    const dead = mint({ ttl: 60, issuedAt: 1_700_000_000 })
    const codes = async (token: string) =>
      (await ask(server, form(token))).response_body.map(({ buffer }) => buffer['code'])
    expect(await codes(wrong)).toEqual([2_010_009, 2_010_009])
    expect(await codes(dead)).toEqual([2_010_013, 2_010_013])
    const refused = { type: 'refused', channel: 'room', uid: 7, where: 'access-point' }
    expect(server.edge.observations.all).toMatchObject([
      { ...refused, reason: 'USER_MISMATCH', tokenFingerprint: tokenFingerprint(wrong) },
      { ...refused, reason: 'TOKEN_EXPIRED', tokenFingerprint: tokenFingerprint(dead) },
    ])
  })

  it('refuses another App ID', async () => {
    const server = await serveEdge()
    const reply = await ask(server, form(mint(), {}, 'f'.repeat(32)))
    expect(reply.response_body[0]?.buffer['code']).toBe(2_010_005)
    expect(server.edge.observations.all).toMatchObject([{ reason: 'APP_ID_UNKNOWN' }])
  })

  it.each(['', PROJECT.appId])('asks for a token where %j stands for none', async (none) => {
    const reply = await ask(await serveEdge(), form(none))
    expect(reply.response_body[0]?.buffer['code']).toBe(2_010_015)
  })

  it('refuses, delays and breaks off where a fault says so', async () => {
    const server = await serveEdge()
    const { faults } = server.edge
    faults.set({ refuseJoins: 'timed-out', answerDelayMs: 20 }, { uid: 7 })
    const start = performance.now()
    expect((await ask(server, form(mint()))).response_body[0]?.buffer['code']).toBe(2_010_010)
    expect(performance.now() - start).toBeGreaterThan(18)
    faults.set({ cutAccessPoint: true }, { uid: 7 })
    await expect(ask(server, form(mint()))).rejects.toThrow('fetch failed')
    faults.clear()
    expect((await ask(server, form(mint()))).response_body[0]?.buffer['code']).toBe(0)
  })

  it('gives a number to those who ask for one', async () => {
    const server = await serveEdge()
    const reply = await ask(server, form(mint({ user: { anyUser: true } }), { uid: 0 }))
    expect(reply.response_body[0]?.buffer).toMatchObject({ code: 0, uid: expect.any(Number) })
    expect(reply.response_body[0]?.buffer['uid']).toBeGreaterThan(0)
  })

  it('holds a token against the account where there is one', async () => {
    const server = await serveEdge()
    const token = mint({ user: { account: 'ann' } })
    const code = async (account: string) =>
      (await ask(server, form(token, { uid: 0, detail: { 6: account } }))).response_body[0]?.buffer[
        'code'
      ]
    expect(await code('ann')).toBe(0)
    expect(await code('bob')).toBe(2_010_009)
  })

  it('judges with the verifier it is given', async () => {
    const server = await serveEdge({
      judge: (token) =>
        token === 'sesame'
          ? { accepted: true, expiresAt: 2e9 }
          : { accepted: false, refusal: 'expired', reason: 'NOT_THE_WORD' },
    })
    expect((await ask(server, form('sesame'))).response_body[0]?.buffer['code']).toBe(0)
    expect((await ask(server, form(mint()))).response_body[0]?.buffer['code']).toBe(2_010_013)
  })

  it.each<[string, BodyInit, string]>([
    [
      'a form cut short',
      '--x\r\ncontent-disposition: form-data; na',
      'multipart/form-data; boundary=x',
    ],
    ['a form without a boundary', 'request={}', 'multipart/form-data'],
    ['a form whose field is no JSON', 'request=%7B', 'application/x-www-form-urlencoded'],
    ['JSON of another shape', 'request=[]', 'application/x-www-form-urlencoded'],
    ['no form', 'x', 'text/plain'],
  ])('answers 400 to %s', async (_what, body, type) => {
    const server = await serveEdge()
    const response = await server.post(HOST, PATH, body, { headers: { 'content-type': type } })
    expect(response.status).toBe(400)
  })
})
