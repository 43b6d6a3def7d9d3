import type { IncomingMessage, ServerResponse } from 'node:http'

import connect from 'connect'
import { NodeRequest } from 'srvx/node'
import { describe, expect, it } from 'vitest'

import { isHost } from '../src/http/routes.ts'

// Each is told in docs/upstream.md. Where one of these fails, an update has mended the fault: then the
// workaround goes, and its section there too.
const HOSTS = ['999.999.999.999', 'a:99999', 'xn--a', '[:::]']

function requestOf(url: string, host: string): Request {
  const req = { url, method: 'GET', headers: { host }, rawHeaders: ['host', host], socket: {} }
  return new NodeRequest({ req: req as unknown as IncomingMessage })
}

describe('srvx', () => {
  it.each(HOSTS)('throws for the host %s where the path has to be written anew', (host) => {
    for (const path of ['/x/..', '/%2e/', '/"', '/{}']) {
      expect(() => requestOf(path, host).url).toThrow('Invalid URL')
    }
  })

  it.each(HOSTS)('makes of the host %s an invalid URL', (host) => {
    expect(URL.canParse(requestOf('/v1/tokens', host).url)).toBe(false)
    expect(isHost(host)).toBe(false)
  })
})

describe('Connect', () => {
  it('throws for a target with an invalid host', () => {
    const req = { url: 'http://[::1/', headers: {} } as IncomingMessage
    const app = connect().use((_req, res) => void res.end())
    expect(() => app(req, {} as ServerResponse)).toThrow('Invalid URL')
  })
})
