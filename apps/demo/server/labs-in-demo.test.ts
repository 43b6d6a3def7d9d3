import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { isTokenError, verifyToken } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'
import { createDemo, type DemoOptions } from './demo.ts'
import { throwAwayProject } from './project/lab-project.ts'

const project = throwAwayProject()

describe('the labs in the demo', () => {
  it('never touch the project of Agora’s cloud', async () => {
    const { post, token, close } = await serve({ project, isCloud: true })
    await rotate(post)
    expect(isSignedByProject(await token())).toBe(true)
    await close()
  })

  it('turn the keys of the endpoint where the stand-in judges', async () => {
    const { post, token, close } = await serve({ project, isCloud: false })
    expect(isSignedByProject(await token())).toBe(true)
    await rotate(post)
    expect(isSignedByProject(await token())).toBe(false)
    await close()
  })
})

type Post = (path: string, body?: object, headers?: Record<string, string>) => Promise<Reply>
type Reply = Readonly<Record<string, string>>

async function serve(options: DemoOptions): Promise<{
  readonly post: Post
  readonly token: () => Promise<string>
  readonly close: () => Promise<void>
}> {
  const demo = createDemo(options)
  const server = createServer((request, response) =>
    demo.handle(request, response, () => response.writeHead(404).end()),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const post: Post = async (path, body = {}, extra = {}) => {
    const headers = { 'content-type': 'application/json', ...extra }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    expect(response.status).toBe(200)
    return (await response.json()) as Reply
  }
  return {
    post,
    async token() {
      const { channel, pass } = await post('/demo/welcome')
      const headers = { authorization: `Bearer ${pass}` }
      return (await post('/api/agora/v1/tokens', { channel }, headers))['token'] ?? ''
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await demo.close()
    },
  }
}

async function rotate(post: Post): Promise<void> {
  await post('/demo/rotation/add')
  await post('/demo/rotation/turn')
}

function isSignedByProject(token: string): boolean {
  try {
    verifyToken(token, project)
    return true
  } catch (error) {
    if (isTokenError(error) && error.code === 'SIGNATURE_INVALID') return false
    throw error
  }
}
