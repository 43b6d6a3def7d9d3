import type { TokenReply } from '@rtc-token/core/contract'
import { describe, expect, it } from 'vitest'

import { createTickets } from '../../src/auth/tickets.ts'
import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import { allow } from '../../src/policy/policy.ts'
import { NOW, testEndpoint, tokenRequest, type User } from '../support/token-endpoint.ts'

// Agora warns this long before the end, and at once of a token that lives shorter. UI kits ask anew at each
// warning, and count nothing themselves.
const WARNING = 30
const END = 300

type Options = Partial<TokenHandlerOptions<User>>

/** Of the page, since it was opened. */
let seconds = 0

/** What a page gets that asks again as soon as it is warned, until it is refused. */
async function pageWith(options: Options, path: string) {
  seconds = 0
  const lives: number[] = []
  const { handler } = testEndpoint({ ...options, clock: () => (NOW + seconds) * 1000 })
  for (;;) {
    const { status, body } = await handler.respond(tokenRequest(undefined, { path }))
    if (status !== 200) return { lives, problem: JSON.parse(body) as { code: string } }
    const { expiresIn } = JSON.parse(body) as TokenReply
    lives.push(expiresIn)
    if (lives.length > 100) throw new Error('a storm')
    seconds += Math.max(0, expiresIn - WARNING)
  }
}

const secrets = ['secret-of-the-tickets-of-this-test']

async function byTicket(seconds: number): Promise<[Options, string]> {
  const clock = () => NOW * 1000
  const tickets = createTickets<User>({ secrets, clock })
  const path = `/t/${await tickets.issue({ id: 'alice' }, seconds)}/v1/tokens`
  return [{ authenticate: tickets.authenticate, ttl: { default: 120 } }, path]
}

const PATH = '/v1/tokens'

describe('a page that asks at every warning', () => {
  it.each<[string, string, () => [Options, string] | Promise<[Options, string]>]>([
    ['a ticket that ends', 'unauthenticated', () => byTicket(END)],
    ['a ticket shorter than a token', 'unauthenticated', () => byTicket(45)],
    [
      'a policy that lets it stay until a moment',
      'forbidden',
      () => [{ authorize: () => allow({ ttl: Math.max(1, END - seconds) }) }, PATH],
    ],
    ['a policy of 20 s', 'forbidden', () => [{ authorize: () => allow({ ttl: 20 }) }, PATH]],
    [
      'a policy with a right to be there of 20 s',
      'forbidden',
      () => [{ authorize: () => allow({ privileges: { joinChannel: 20 } }) }, PATH],
    ],
  ])('is refused by %s before tokens get too short', async (_name, code, setUp) => {
    const { lives, problem } = await pageWith(...(await setUp()))
    expect(problem.code).toBe(code)
    expect(Math.min(60, ...lives)).toBe(60)
    expect(lives.length).toBeLessThanOrEqual(END / WARNING)
    expect(seconds).toBeLessThanOrEqual(END)
  })

  it('gets a token up to a minute before the end of its ticket', async () => {
    const { lives } = await pageWith(...(await byTicket(END)))
    expect(lives).toEqual([120, 120, 120, 30 + WARNING].slice(0, lives.length))
    expect(seconds).toBeGreaterThan(END - 60)
  })
})
