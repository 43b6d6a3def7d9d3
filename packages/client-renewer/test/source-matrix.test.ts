import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { httpSource, type HttpSourceOptions } from '../src/index.ts'
import { session } from './support/session.ts'

// Everything an endpoint and the way to it can answer, over a real connection, as a join sees it.

type Answer = (res: ServerResponse) => unknown
type Row = readonly [name: string, answer: Answer, expected: Record<string, unknown>]

const denied = { code: 'SOURCE_DENIED', retryable: false }
const failed = { code: 'SOURCE_FAILED', retryable: true }
const status =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (res) =>
    res.writeHead(status, headers).end()

const ROWS: readonly Row[] = [
  ['401', status(401), denied],
  ['403', status(403), denied],
  ['404', status(404), denied],
  ['429 with Retry-After', status(429, { 'retry-after': '7' }), { ...failed, retryAfterMs: 7000 }],
  ['500', status(500), failed],
  ['503 with a date as Retry-After', status(503, { 'retry-after': 'tomorrow' }), failed],
  ['a page in place of JSON', (res) => res.end('<html>'), failed],
  ['half a reply', (res) => res.write('{', () => res.destroy()), failed],
  ['a reply without a token', (res) => res.end('{"token":null}'), failed],
  ['a redirect', status(307, { location: '/elsewhere' }), failed],
  ['a connection that breaks', (res) => res.destroy(), failed],
]

describe('a join', () => {
  let close: (() => void) | undefined
  afterEach(() => close?.())

  async function listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    close = () => {
      server.closeAllConnections()
      server.close()
    }
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/tokens`
  }

  const joinWith = (options: HttpSourceOptions) =>
    session({ source: httpSource(options) }).renewer.join()

  it.each(ROWS)('is told of %s in one request', async (_, answer, expected) => {
    let requests = 0
    const url = await listen((_, res) => {
      requests++
      answer(res)
    })
    await expect(joinWith({ url })).rejects.toMatchObject(expected)
    expect(requests).toBe(1)
  })

  it('is told when no server listens', async () => {
    const url = await listen(() => {})
    close?.()
    await expect(joinWith({ url })).rejects.toMatchObject(failed)
  })

  it('is told what a browser says when it is offline or CORS forbids the answer', async () => {
    const fetch = async () => Promise.reject(new TypeError('Failed to fetch'))
    const cause = new TypeError('Failed to fetch')
    await expect(joinWith({ url: '/', fetch })).rejects.toMatchObject({ ...failed, cause })
  })

  it('is told when there is no answer in time, and the connection is given up', async () => {
    let gone: Promise<unknown> | undefined
    let asked = () => {}
    const isAsked = new Promise<void>((resolve) => (asked = resolve))
    const url = await listen((req) => {
      gone = new Promise((resolve) => req.socket.once('close', resolve))
      asked()
    })
    const { renewer, clock } = session({ source: httpSource({ url }) })
    const late = expect(renewer.join()).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' })
    await isAsked
    await clock.advance(10_000)
    await late
    await gone
  })
})
