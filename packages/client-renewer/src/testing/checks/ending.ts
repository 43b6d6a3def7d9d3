import type { EndCause } from '../../session-adapter.ts'
import { type Ability, type Check, isOver, joined, RENEWAL_MS, same } from '../contract-check.ts'
import type { ContractSession } from '../contract-session.ts'

/** Checks of how a session ends for good. @internal */
export const endingChecks: readonly Check[] = [
  ending('the user has left', 'userLeaves', 'left'),
  ending('the user is banned', 'ban', 'banned'),
  ending('the same user has joined elsewhere', 'conflict', 'conflict'),
  ending('the SDK has given up', 'giveUp', 'lost'),
  {
    name: 'never comes back after the user has left during a renewal',
    async run(session) {
      const it = await joined(session)
      it.driver.set('renew', 'hang')
      await it.clock.advance(RENEWAL_MS)
      await it.settled(it.driver.userLeaves())
      hasEnded(it, 'left')
      await isOver(it)
    },
  },
  {
    name: 'leaves when told to',
    async run(session) {
      const it = await joined(session)
      await it.settled(it.renewer.leave())
      same(it.adapter.link(), 'down', 'link() after leave()')
      hasEnded(it, 'left')
      await isOver(it)
    },
  },
  {
    name: 'leaves and joins when told to do both at once',
    async run(session) {
      const it = await joined(session)
      const leaving = it.renewer.leave()
      await it.settled(it.renewer.join())
      await it.settled(leaving)
      same(it.adapter.link(), 'online', 'link() after leave() and join()')
      await it.clock.advance(RENEWAL_MS)
      same(it.renewer.phase, 'fresh', 'the phase after the next renewal')
    },
  },
  {
    name: 'leaves when told to while it is rejoining',
    async run(session) {
      const it = await joined(session)
      for (const call of ['join', 'renew'] as const) it.driver.set(call, 'hang')
      it.driver.expire()
      await it.clock.advance(100)
      const leaving = it.renewer.leave()
      await it.clock.advance(0)
      it.driver.answer()
      await it.settled(leaving)
      same(it.adapter.link(), 'down', 'link() after leave()')
      hasEnded(it, 'left')
      await isOver(it)
      same(it.adapter.link(), 'down', 'link() long after leave()')
    },
  },
]

function ending(
  when: string,
  how: Extract<Ability, 'ban' | 'conflict' | 'giveUp'> | 'userLeaves',
  cause: EndCause,
): Check {
  return {
    name: `never comes back when ${when}`,
    needs: how === 'userLeaves' ? [] : [how],
    async run(session) {
      const it = await joined(session)
      await it.settled(Promise.resolve(it.driver[how]?.()))
      hasEnded(it, cause)
      await isOver(it)
    },
  }
}

function hasEnded(it: ContractSession, cause: EndCause): void {
  const causes = it.told.filter(({ event }) => event === 'stopped').map(({ args }) => args[0])
  same(causes, [cause], 'why the session is over')
}
