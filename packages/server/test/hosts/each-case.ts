import { afterAll, beforeAll, expect, it } from 'vitest'

import { HOST_CASES } from './cases.ts'
import { expectSameReply } from './expect-reply.ts'
import type { Host, RunningHost } from './host.ts'
import { type HostCase, REQUEST_ID, toWire, type WireReply } from './host-case.ts'
import { hostEndpoint } from './host-endpoint.ts'
import { toWebRequest } from './web-request.ts'

/** Every case, with the title of its test. */
export const TITLED_CASES: readonly (readonly [title: string, hostCase: HostCase])[] =
  HOST_CASES.map((hostCase) => [`${hostCase.status} to ${hostCase.name}`, hostCase])

const reference = hostEndpoint()
const START_MS = 30_000
const TOKEN = /00[67][A-Za-z0-9+/]{40}/
const WHO_AM_I = JSON.stringify({ channel: 'a', uid: 1, params: { policy: 'tells' } })

/** Starts a host and sends it every case. */
export function itAnswersEveryCase(host: Host): void {
  let running: RunningHost
  beforeAll(async () => {
    running = await host.start(hostEndpoint())
  }, START_MS)
  afterAll(() => running?.stop())

  it.each(TITLED_CASES)('answers %s', async (_title, hostCase) => {
    const wire = toWire(hostCase, host.prefix)
    const reply = await running.send(wire)
    if (mayDiffer(hostCase, host)) return expectRefusal(reply, hostCase)
    expect(reply.status).toBe(hostCase.status)
    return expectSameReply(reply, await replyOfHandler(hostCase), wire.method)
  })

  it('tells the policy whose address it is', async () => {
    const headers = { 'cf-connecting-ip': '203.0.113.7', 'x-forwarded-for': '203.0.113.8' }
    const wire = toWire({ name: 'address', body: WHO_AM_I, headers, status: 403 }, host.prefix)
    const { body } = await running.send(wire)
    expect(JSON.parse(body)).toMatchObject({ detail: `ip=${host.ip}`, requestId: REQUEST_ID })
  })
}

/** What the handler itself says, without a host. */
export function replyOfHandler(hostCase: HostCase): Promise<WireReply> {
  return reference.respond(toWebRequest(toWire(hostCase, '')))
}

// A request that is refused in any case gets the same status, even if the words differ; but workerd has
// 500 for a host that it cannot read.
function expectRefusal({ status, body }: WireReply, { status: due, differs }: HostCase): void {
  if (due === 200 || differs?.includes('parses-target')) expect(status).toBeGreaterThanOrEqual(400)
  else expect(status).toBe(due)
  expect(body).not.toMatch(TOKEN)
}

function mayDiffer({ differs = [] }: HostCase, { traits = [] }: Host): boolean {
  return differs.some((trait) => traits.includes(trait))
}
