import { describe, expect, it } from 'vitest'

import { bunContext, cloudflareContext, denoContext } from './request-context.ts'

const request = new Request('http://localhost', { headers: { 'cf-connecting-ip': '203.0.113.7' } })

describe('cloudflareContext', () => {
  it('tells the address that Cloudflare has set', () => {
    expect(cloudflareContext(request)).toEqual({ ip: '203.0.113.7' })
    expect(cloudflareContext(new Request('http://localhost'))).toEqual({ ip: undefined })
  })

  it('calls waitUntil on the object it belongs to', async () => {
    class Execution {
      #kept: unknown
      waitUntil(promise: Promise<unknown>): void {
        this.#kept = promise
      }
      get kept(): unknown {
        return this.#kept
      }
    }
    const execution = new Execution()
    const promise = Promise.resolve()
    const { waitUntil } = cloudflareContext(request, execution)
    waitUntil?.(promise)
    expect(execution.kept).toBe(promise)
  })
})

describe('denoContext', () => {
  it('tells the address of a connection, and none of a Unix socket', () => {
    const remoteAddr = { transport: 'tcp', hostname: '203.0.113.7', port: 4711 }
    expect(denoContext({ remoteAddr })).toEqual({ ip: '203.0.113.7' })
    expect(denoContext({ remoteAddr: { transport: 'unix', path: '/run/x' } })).toEqual({})
  })
})

describe('bunContext', () => {
  it('tells the address of a connection, and none of a Unix socket', () => {
    const requestIP = (): { address: string } => ({ address: '203.0.113.7' })
    expect(bunContext(request, { requestIP })).toEqual({ ip: '203.0.113.7' })
    expect(bunContext(request, { requestIP: () => null })).toEqual({ ip: undefined })
  })
})
