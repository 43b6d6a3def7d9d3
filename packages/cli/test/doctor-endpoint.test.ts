import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allow, createTokenHandler, deny } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import { afterEach, describe, expect, it } from 'vitest'
// @boundaries-ignore the endpoint as it is commonly written; the program itself imports nothing of the demo
import { startNaiveEndpoint } from '../../../apps/demo/server/attacks/naive-endpoint.ts'
import { PROJECT, tokenOf } from './support/project.ts'
import { rtcToken } from './support/rtc-token.ts'

const HEADER = ['--header', 'authorization: Bearer seven', '--channel', 'room-42', '--uid', '7']
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(
    () => server.close(),
    () => server.closeAllConnections(),
  )
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function doctor(...args: string[]) {
  const ran = await rtcToken(['doctor', ...args, '--json'])
  const { data, findings, ok } = JSON.parse(ran.stdout)
  const codes: string[] = findings.map(({ code }: { readonly code: string }) => code)
  return { ...ran, ok, data, codes, findings }
}

const ours = () => {
  const handler = createTokenHandler<{ id: string; uid: number }>({
    project: PROJECT,
    authenticate: (request) =>
      request.headers.get('authorization') === 'Bearer seven' ? { id: 'seven', uid: 7 } : null,
    authorize: ({ subject, wish }) =>
      wish.channel === 'room-42'
        ? allow({ identity: { uid: subject.uid }, role: 'publisher' })
        : deny('channel_forbidden'),
    onError: () => undefined,
  })
  closers.push(() => handler.close())
  const listener = toNodeListener(handler)
  return serve((request, response) => void listener(request, response))
}

describe('rtc-token doctor URL', () => {
  it('finds nothing at our handler, with a credential', async () => {
    const { codes, exit, data } = await doctor(`${await ours()}/v1/tokens`, ...HEADER)
    expect(codes).toEqual([])
    expect(exit).toBe(0)
    expect(data.dialect).toBe('contract')
    expect(data.requests).toBeLessThanOrEqual(60)
    const names = data.checks.map(({ name }: { readonly name: string }) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        'refuses uid 0',
        'renews with the previous token',
        'says when to renew',
      ]),
    )
    expect(
      data.checks.every(({ outcome }: { readonly outcome: string }) => outcome === 'good'),
    ).toBe(true)
  })

  it('finds nothing at our handler without one, and says what was not seen', async () => {
    const { codes, exit } = await doctor(`${await ours()}/v1/tokens`)
    expect({ codes, exit }).toEqual({ codes: ['NO_CREDENTIAL'], exit: 0 })
  })

  it('names each hole of an endpoint as it is commonly written', async () => {
    const naive = await startNaiveEndpoint()
    closers.push(() => naive.close())
    const url = `${naive.url}/rtc/{channel}/{uid}?role={role}&expiry={ttl}`
    const { codes, exit, stdout } = await doctor(url)
    expect(exit).toBe(1)
    expect(codes.toSorted()).toEqual([
      'ENDPOINT_OPEN',
      'ENDPOINT_READABLE_BY_ANY_PAGE',
      'ENDPOINT_SIGNS_ANY_USER',
      'ENDPOINT_SIGNS_A_WEEK',
      'ENDPOINT_SIGNS_BLANK_CHANNEL',
      'ENDPOINT_SIGNS_BY_GET',
      'ENDPOINT_SIGNS_TEXT_AS_UID',
      'ENDPOINT_SIGNS_WILDCARD',
      'ENDPOINT_STORABLE',
      'ENDPOINT_TAKES_ANY_CREDENTIAL',
      'ENDPOINT_TAKES_MOMENT_AS_LIFE',
      'ENDPOINT_TAKES_ROLE',
      'TIME_ABSOLUTE_IN_007',
    ])
    expect(stdout).not.toMatch(/00[67][A-Za-z0-9+/]{40}/)
  })

  it('recognises places by the names in a query, and the routes of agora-token-service', async () => {
    const asked: string[] = []
    const base = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('content-type', 'application/json')
      if (request.method !== 'GET') return response.writeHead(404).end('{}')
      return response.end(JSON.stringify({ rtcToken: tokenOf() }))
    })
    const query = await doctor(`${base}/token?channelName=a&uid=1&expireTime=60`)
    expect(query.data.dialect).toBe('template')
    // It signs for one user, whichever uid is asked for.
    expect(query.codes).not.toContain('ENDPOINT_WRAPS_UID')
    expect(asked).toContain('/token?channelName=*&uid=4242&expireTime=600')
    const service = await doctor(base)
    expect(service.data.dialect).toBe('agora-token-service')
    expect(
      asked.some((url) => url.startsWith('/rtc/rtc-token-doctor/publisher/uid/4242/?expiry=600')),
    ).toBe(true)
  })

  it('asks an endpoint that has members of its own', async () => {
    const asked: unknown[] = []
    const base = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        asked.push(body === '' ? request.method : JSON.parse(body))
        response.setHeader('content-type', 'application/json')
        response.setHeader('cache-control', 'no-store')
        response.end(JSON.stringify(request.method === 'POST' ? { accessToken: tokenOf() } : {}))
      })
    })
    const body = '{"room":"{channel}","uid":{uid},"as":"{role}"}'
    const { data, codes } = await doctor(`${base}/token`, '--body', body, '--channel', 'a"b')
    expect(data.dialect).toBe('template')
    expect(asked).toContainEqual({ room: 'a"b', uid: 4242, as: 'publisher' })
    expect(codes).toContain('ENDPOINT_OPEN')
    expect(codes).not.toContain('ENDPOINT_SIGNS_BY_GET')
  })

  it.each([
    ['hangs', 'ENDPOINT_SILENT', () => undefined],
    [
      'streams for ever',
      'ENDPOINT_ENDLESS',
      (_request, response) => {
        const timer = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(timer))
      },
    ],
    [
      'streams a flood',
      'ENDPOINT_TOO_LARGE',
      (_request, response) => response.end('x'.repeat(1 << 20)),
    ],
    [
      'redirects elsewhere',
      'ENDPOINT_REDIRECTS',
      (_request, response) =>
        response.writeHead(302, { location: 'http://127.0.0.1:9/v1/tokens' }).end(),
    ],
    [
      'redirects in a circle',
      'ENDPOINT_NOT_RECOGNISED',
      (request, response) => response.writeHead(302, { location: request.url }).end(),
    ],
    [
      'answers HTML',
      'ENDPOINT_ANSWERS_HTML',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>\u001B[2J'),
    ],
    ['answers nothing', 'ENDPOINT_NOT_RECOGNISED', (_request, response) => response.end()],
  ] satisfies [string, string, RequestListener][])(
    'is not held up by one that %s',
    async (_, code, listener) => {
      const start = performance.now()
      const { codes, exit, stdout } = await doctor(await serve(listener))
      expect({ codes, exit }).toEqual({ codes: [code], exit: 1 })
      expect(performance.now() - start).toBeLessThan(12_000)
      expect(stdout).not.toContain('\u001B')
    },
  )

  it('follows a redirect to the same origin', async () => {
    const base = await ours()
    const url = await serve((request, response) => {
      if (request.url?.endsWith('/'))
        return void response.writeHead(401, { 'content-type': 'application/json' }).end('{}')
      return void response.writeHead(308, { location: `${request.url}/` }).end()
    })
    expect(base).not.toBe(url)
    expect((await doctor(`${url}/token`)).codes).toEqual(['NO_CREDENTIAL'])
  })

  it('repeats nothing that a server writes, and no ticket of the address', async () => {
    const secret = tokenOf()
    const url = await serve((_request, response) => {
      const problem = { code: secret, status: 403, title: 'no', detail: secret }
      response
        .writeHead(403, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify(problem))
    })
    const ticket = 'a1'.repeat(40)
    for (const args of [[], HEADER]) {
      const { stdout, codes } = await doctor(
        `${url}/t/${ticket}/v1/tokens?key=${ticket}%zz`,
        ...args,
      )
      expect(stdout).not.toContain(secret.slice(3, 40))
      expect(stdout).not.toContain(ticket)
      expect(codes).not.toContain('INTERNAL')
    }
  })

  it('tells an endpoint that a wish ends', async () => {
    const url = await serve((request, response) => {
      if (request.url?.includes('4294967296')) return void request.socket.destroy()
      return void response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ token: tokenOf() }))
    })
    const { codes, findings } = await doctor(`${url}/t/{channel}/{uid}`)
    expect(codes).toContain('ENDPOINT_BREAKS_OFF')
    const said = findings.find(
      ({ code }: { readonly code: string }) => code === 'ENDPOINT_BREAKS_OFF',
    )
    expect(said.message).toContain('refuses uid 4294967296')
  })

  it('says when no connection can be made', async () => {
    expect((await doctor('http://127.0.0.1:9/v1/tokens')).codes).toEqual(['ENDPOINT_UNREACHABLE'])
  })

  it('stays within its bounds', async () => {
    let count = 0
    const url = await serve((_request, response) => {
      count++
      response.writeHead(401, { 'content-type': 'application/json' }).end('{}')
    })
    const { codes } = await doctor(`${url}/v1/tokens`, '--requests', '5')
    expect({ codes, count }).toEqual({ codes: ['ENDPOINT_SLOW'], count: 5 })
  })

  it.each([
    ['another machine', ['http://192.0.2.1/v1/tokens']],
    ['a name that only begins like this machine', ['http://localhost.example.com/']],
    ['no address', ['v1/tokens']],
    ['a file', ['file:///etc/passwd']],
    ['what is no header', ['http://127.0.0.1:9/', '--header', 'secret-value']],
    ['too many requests', ['http://127.0.0.1:9/', '--requests', '61']],
  ])('refuses %s', async (_, args) => {
    const { exit, stderr } = await rtcToken(['doctor', ...args])
    expect(exit).toBe(64)
    expect(stderr).not.toContain('secret-value')
  })

  it('tells a clock that is wrong', async () => {
    const url = await serve((_request, response) => {
      const headers = {
        'content-type': 'application/json',
        date: new Date(Date.now() - 600_000).toUTCString(),
      }
      response.writeHead(401, headers).end('{}')
    })
    expect((await doctor(`${url}/v1/tokens`)).codes).toContain('CLOCKS_DIFFER')
  })
})
