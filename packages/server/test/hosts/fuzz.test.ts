import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { memoryLimiter } from '../../src/index.ts'
import { attackedEndpoint, TARGET } from '../attacks/attacked-endpoint.ts'
import { FUZZED_HOSTS } from './fuzz/fuzz-hosts.ts'
import { HOSTILE_REQUEST } from './fuzz/hostile-request.ts'
import { sendRaw } from './fuzz/send-raw.ts'
import type { Host, RunningHost } from './host.ts'
import type { WireRequest } from './host-case.ts'
import { toWebRequest } from './web-request.ts'

const RUNS = Math.ceil((40_000 * Number(process.env['RANDOM_SHARE'])) / FUZZED_HOSTS.length)
const SEED = Number(process.env['RANDOM_SEED'])
const TIMEOUT_MS = 60_000 + RUNS * 50

const rejections: unknown[] = []
const note = (reason: unknown): void => void rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', note))
afterAll(() => void process.off('unhandledRejection', note))

describe.each(FUZZED_HOSTS)('$name', (host) => {
  it(
    `answers every request, ${RUNS} times from the seed ${SEED}`,
    { timeout: TIMEOUT_MS },
    async () => {
      const failures: unknown[] = []
      const running = await host.start(endpoint(failures).handler)
      const statuses = new Set<number>()
      const property = fc.asyncProperty(HOSTILE_REQUEST, async (request) => {
        const status = await statusOf(host, running, request)
        statuses.add(status)
        expect(status).toBeGreaterThanOrEqual(200)
        expect([failures.splice(0), rejections.splice(0)]).toEqual([[], []])
      })
      try {
        await fc.assert(property, { numRuns: RUNS, seed: SEED })
      } finally {
        await running.stop()
      }
      // Else it was not the handler that answered.
      for (const status of [400, 404, 405]) expect(statuses).toContain(status)
      // One in forty: a few runs may do without.
      if (RUNS > 1000) expect(statuses).toContain(415)
    },
  )
})

function endpoint(failures: unknown[]) {
  const perIp = memoryLimiter({ name: 'ip', limit: 1_000_000, windowSeconds: 1 })
  const { authorization } = TARGET
  return attackedEndpoint({
    // As hooks do: every request that reaches them has a valid URL.
    authenticate: ({ url, headers }) => {
      const isAlice = headers.get('authorization') === authorization
      return isAlice && new URL(url).pathname !== '' ? { id: 'alice' } : null
    },
    health: true,
    limits: { perIp },
    timeoutMs: 200,
    telemetry: { request: (_info, run) => run(), event: () => {} },
    onEvent: () => {},
    onError: (error) => void (isExpected(error) || failures.push(error)),
  })
}

// Not every host knows an address.
function isExpected(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('limits.perIp: requests come without')
}

async function statusOf(host: Host, running: RunningHost, sent: WireRequest): Promise<number> {
  const isPath = sent.target.startsWith('/')
  const request = { ...sent, target: isPath ? host.prefix + sent.target : sent.target }
  if (running.port !== undefined) return sendRaw(running.port, request)
  fc.pre(host.name.includes('Lambda') || isRequest(request))
  return (await running.send(request)).status
}

// What speaks `Request` is never given one that cannot be made.
function isRequest(wire: WireRequest): boolean {
  try {
    return toWebRequest(wire) !== undefined
  } catch {
    return false
  }
}
