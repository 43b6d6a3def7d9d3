import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLabs } from './labs.ts'

let url: string
let close: () => Promise<unknown>

beforeEach(async () => {
  const labs = createLabs({ ttlSeconds: 60 })
  const server = createServer((request, response) => {
    if (!labs.handle(request, response)) response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => new Promise((resolve) => void server.close(resolve))
})

afterEach(() => close())

describe('the labs', () => {
  it.each([
    ['/demo/policy/ask', { person: 'sam', body: { channel: 'tenant-acme-stage' } }, 'event'],
    ['/demo/attacks/run', {}, 'results'],
    ['/demo/rotation/state', {}, 'keyIds'],
    ['/demo/rotation/ask', {}, 'lastAsk'],
    ['/demo/rotation/renew', {}, 'lastAsk'],
    ['/demo/rotation/add', {}, 'stage'],
    ['/demo/rotation/compare', {}, 'comparisons'],
  ])('answer POST %s', async (path, body, member) => {
    const response = await post(path, body)
    expect(response.status).toBe(200)
    expect(await response.json()).toHaveProperty([member])
  })

  it.each([
    ['/demo/policy/ask', {}, 'person and body expected'],
    ['/demo/policy/ask', { person: 'sam', body: [] }, 'person and body expected'],
    ['/demo/rotation/drop', {}, 'It is not the turn of "drop"'],
  ])('refuse POST %s with %o', async (path, body, detail) => {
    const response = await post(path, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ detail })
  })

  it('leave everything else to others', async () => {
    expect((await post('/demo/welcome', {})).status).toBe(404)
    expect((await fetch(`${url}/demo/attacks/run`)).status).toBe(404)
  })

  it('take nothing that a foreign page could send unasked', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }
    expect((await fetch(`${url}/demo/rotation/add`, init)).status).toBe(415)
  })

  it.each(['192.0.2.1', '::ffff:192.0.2.1', undefined])(
    'do not answer a caller at %s',
    (remoteAddress) => {
      const request = { method: 'POST', url: '/demo/attacks/run', socket: { remoteAddress } }
      expect(createLabs({ ttlSeconds: 60 }).handle(request as never, {} as never)).toBe(false)
    },
  )
})

function post(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}
