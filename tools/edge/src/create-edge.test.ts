import { expect, it } from 'vitest'
import { createEdge } from './create-edge.ts'
import { serveEdge } from '../test/support/edge-server.ts'
import { mint, PROJECT } from '../test/support/project.ts'

it('does not start with credentials that no token can be good for', () => {
  const code = (code: string) => expect.objectContaining({ code })
  expect(() => createEdge({ ...PROJECT, appId: 'x' })).toThrow(code('APP_ID_INVALID'))
  expect(() => createEdge({ ...PROJECT, appCertificate: 'x' })).toThrow(
    code('APP_CERTIFICATE_INVALID'),
  )
})

it.each([-1, Number.NaN])('does not start with %s for a length of time', (seconds) => {
  for (const name of ['willExpireSeconds', 'keepSeconds']) {
    const message = `${name}: seconds from 0 expected, got ${seconds}`
    expect(() => createEdge({ ...PROJECT, [name]: seconds })).toThrow(new TypeError(message))
  }
})

it('ends sessions and sockets when it is closed', async () => {
  const { edge, connect } = await serveEdge()
  const client = await connect()
  await client.join(mint())
  await edge.close()
  await client.closed
  expect(edge.sessions()).toEqual([])
  expect(edge.observations.all.map(({ type }) => type)).toEqual(['joined'])
})

it('never shows tokens or the certificate', async () => {
  const { edge, connect } = await serveEdge()
  const client = await connect()
  const [token, next] = [mint(), mint({ ttl: 700 })]
  await client.join(token)
  await client.request('renew_token', { token: next })
  const shown = JSON.stringify([edge, edge.sessions(), edge.observations.all])
  for (const secret of [token, next, PROJECT.appCertificate]) expect(shown).not.toContain(secret)
})
