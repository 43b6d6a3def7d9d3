import { type Check, HOUR_MS, joined, RENEWAL_MS, same } from '../contract-check.ts'
import type { ContractSession } from '../contract-session.ts'
import type { Behaviour } from '../sdk-driver.ts'

/** Checks of how a session survives the expiry of its token. @internal */
export const expiryChecks: readonly Check[] = [
  {
    name: 'comes back once, as the same user, when the token has ended the session',
    async run(session) {
      const it = await session()
      const user = await it.settled(it.renewer.join())
      it.driver.expire()
      await it.clock.advance(1000)
      isBack(it, 1)
      same(it.told.find(({ event }) => event === 'rejoined')?.args, [{ uid: user }], 'back as')
      const used = it.handed().slice(1)
      same(new Set(used.map(tokenNumber)).size, 1, 'tokens used to come back')
      same([...new Set(used)], used, 'ways to come back')
      await it.clock.advance(RENEWAL_MS - 60_000)
      isBack(it, 1)
    },
  },
  {
    name: 'comes back when the SDK tells least about the expiry',
    needs: ['expireQuietly'],
    async run(session) {
      const it = await joined(session)
      it.driver.expireQuietly?.()
      await it.clock.advance(HOUR_MS + 60_000)
      isBack(it, 1)
    },
  },
  {
    name: 'comes back when the token ends while the line is down',
    needs: ['dropLine'],
    async run(session) {
      const it = await joined(session)
      it.driver.dropLine?.()
      await it.clock.advance(HOUR_MS + 60_000)
      isBack(it, 1)
    },
  },
  {
    name: 'comes back again when the next token ends the session too',
    async run(session) {
      const it = await joined(session)
      for (const times of [1, 2, 3]) {
        it.driver.expire()
        await it.clock.advance(60_000)
        isBack(it, times)
      }
    },
  },
  {
    name: 'comes back when the token ends during a renewal',
    async run(session) {
      const it = await joined(session)
      it.driver.set('renew', 'hang')
      await it.clock.advance(RENEWAL_MS)
      it.driver.set('renew', 'ok')
      it.driver.expire()
      await it.clock.advance(60_000)
      isBack(it, 1)
    },
  },
  retrying('the rejoin is refused', 'refuse', 5000),
  retrying('the rejoin is not answered', 'hang', 200_000),
  {
    name: 'publishes again, once, what was published',
    needs: ['publish', 'published'],
    async run(session) {
      const it = await joined(session)
      await it.driver.publish?.()
      it.driver.expire()
      same(it.driver.published?.(), 0, 'things published after the end')
      await it.clock.advance(1000)
      same(it.driver.published?.(), 1, 'things published after coming back')
    },
  },
]

function retrying(when: string, behaviour: Behaviour, failingMs: number): Check {
  return {
    name: `tries again when ${when}`,
    async run(session) {
      const it = await joined(session)
      for (const call of ['join', 'renew'] as const) it.driver.set(call, behaviour)
      it.driver.expire()
      await it.clock.advance(failingMs)
      same([it.count('retry') > 0, it.count('rejoined')], [true, 0], 'tries again, is not back')
      for (const call of ['join', 'renew'] as const) it.driver.set(call, 'ok')
      await it.clock.advance(200_000)
      isBack(it, 1)
    },
  }
}

function isBack(it: ContractSession, times: number): void {
  const told = { expired: it.count('expired'), rejoined: it.count('rejoined') }
  same(told, { expired: times, rejoined: times }, 'how often it ended and came back')
  same([it.count('stopped'), it.count('failed')], [0, 0], 'stopping, and giving up')
  same(it.adapter.link(), 'online', 'link() after coming back')
  same(it.handed().slice(1).includes('join 1'), false, 'the ended token is used again')
}

function tokenNumber(handed: string): string | undefined {
  return handed.split(' ')[1]
}
