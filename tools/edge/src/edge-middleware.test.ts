import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { createEdge } from './create-edge.ts'
import { edgeMiddleware } from './edge-middleware.ts'
import { PROJECT } from '../test/support/project.ts'

function setUp(url: string) {
  const edge = createEdge(PROJECT)
  const handle = vi.spyOn(edge, 'handle').mockResolvedValue()
  const upgrade = vi.spyOn(edge, 'upgrade').mockReturnValue()
  const request = Object.assign(new IncomingMessage(new Socket()), { url })
  return { middleware: edgeMiddleware(edge), handle, upgrade, request, proceed: vi.fn() }
}

describe('edgeMiddleware', () => {
  it('splits the address into the host that was meant and the path', () => {
    const { middleware, handle, request, proceed } = setUp('/edge/sua-ap-web-1.agora.io/api/v1?a=b')
    middleware.handle(request, new ServerResponse(request), proceed)
    const target = { host: 'sua-ap-web-1.agora.io', path: '/api/v1?a=b' }
    expect(handle).toHaveBeenCalledWith(request, expect.anything(), target)
    expect(proceed).not.toHaveBeenCalled()
  })

  it.each([
    '/',
    '/edge',
    '/edge/',
    '/edges/x.agora.io/',
    '/edge/example.com/',
    '/edge/ap.agora.io.example/',
  ])('passes on %s', (url) => {
    const { middleware, handle, request, proceed } = setUp(url)
    middleware.handle(request, new ServerResponse(request), proceed)
    expect(handle).not.toHaveBeenCalled()
    expect(proceed).toHaveBeenCalledOnce()
  })

  it('takes WebSockets for the gateway and leaves others alone', () => {
    const ours = setUp('/edge/stand-in.edge.agora.io')
    expect(ours.middleware.upgrade(ours.request, new Socket(), Buffer.of())).toBe(true)
    expect(ours.upgrade).toHaveBeenCalledOnce()
    const theirs = setUp('/?token=hmr')
    expect(theirs.middleware.upgrade(theirs.request, new Socket(), Buffer.of())).toBe(false)
    expect(theirs.upgrade).not.toHaveBeenCalled()
  })

  it('hands the failure of a request on', async () => {
    const { middleware, handle, request, proceed } = setUp('/edge/x.agora.io/')
    handle.mockRejectedValue(new Error('broken'))
    middleware.handle(request, new ServerResponse(request), proceed)
    await expect.poll(() => proceed.mock.calls).toEqual([[new Error('broken')]])
  })
})
