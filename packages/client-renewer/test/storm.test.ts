import { decodeToken } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'
import type { TokenGrant } from '../src/index.ts'
import { mint, session } from './support/session.ts'

const WARNING_MS = 30_000
const SECONDS = 600

type Reply = (seconds: number, issuedAt: number) => TokenGrant

/** Tokens that live for `ttl` seconds, with any other members of the reply. */
const living =
  (ttl: number, said: object = {}): Reply =>
  (_seconds, issuedAt) => ({ token: mint(ttl, { issuedAt }), expiresIn: ttl, ...said })

const REPLIES: readonly (readonly [name: string, reply: Reply])[] = [
  ['tokens of a second', living(1)],
  ['tokens of two seconds', living(2)],
  ['tokens that are warned of at once', living(20)],
  ['tokens that are warned of soon', living(31)],
  ['an hour, to be renewed at once', living(3600, { renewIn: 0 })],
  ['an hour, to be renewed in no time', living(3600, { renewIn: 1e-9 })],
  ['an hour, to have been renewed before', living(3600, { renewIn: -3600 })],
  ['an hour, to be renewed at no time', living(3600, { renewIn: Number.NaN })],
  ['an hour, to be renewed by a text', living(3600, { renewIn: '0' })],
  ['an hour that is said to be a millisecond', living(3600, { expiresIn: 0.001 })],
  ['a second that is said to be an hour', living(1, { expiresIn: 3600, renewIn: 2700 })],
  [
    'tokens that all end with one ticket',
    (seconds, issuedAt) => living(Math.max(1, 300 - Math.floor(seconds)))(seconds, issuedAt),
  ],
  ['the same token', () => ({ token: mint(60), expiresIn: 60 })],
]

/** Has the client warn and end sessions as Agora's edge does: 30 s before, or at once, and at the end. */
function edgeOf({ client, clock }: Pick<ReturnType<typeof session>, 'client' | 'clock'>): void {
  let cancels: (() => void)[] = []
  const hold = (token: string): void => {
    for (const cancel of cancels) cancel()
    const lifeMs = decodeToken(token).expiresAt * 1000 - clock.now()
    cancels = [
      clock.after(Math.max(0, lifeMs - WARNING_MS), () => client.warn()),
      clock.after(Math.max(0, lifeMs), () => client.expire()),
    ]
  }
  const join = client.join.bind(client)
  client.join = async (appId, channel, token, uid) => {
    const joined = await join(appId, channel, token, uid)
    hold(token!)
    return joined
  }
  const renewToken = client.renewToken.bind(client)
  client.renewToken = async (token) => {
    await renewToken(token)
    hold(token)
  }
}

describe('a source', () => {
  it.each(REPLIES)('is asked once a second at most where it answers %s', async (_name, reply) => {
    let asked = 0
    const all = session({
      source: () => {
        asked += 1
        // Else a storm would go on for ever, within one turn of the clock.
        if (asked > 2 * SECONDS) all.renewer.dispose()
        return reply(all.clock.elapsed() / 1000, Math.floor(all.clock.now() / 1000))
      },
    })
    edgeOf(all)
    await all.renewer.join()
    await all.clock.advance(SECONDS * 1000)
    expect(asked).toBeLessThanOrEqual(1 + SECONDS)
    all.renewer.dispose()
  })
})
