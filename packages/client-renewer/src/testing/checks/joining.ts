import { type Check, isOver, joined, same } from '../contract-check.ts'

/** Checks of how a session begins. @internal */
export const joiningChecks: readonly Check[] = [
  {
    name: 'joins with the token of the source, once',
    async run(session) {
      const it = await session()
      same(it.adapter.link(), 'down', 'link() before the join')
      await it.settled(it.renewer.join())
      same(it.handed(), ['join 1'], 'tokens handed to the SDK')
      same(it.adapter.link(), 'online', 'link() after the join')
      same(it.source.requests[0]?.scope.service, it.adapter.scope().service, 'service asked for')
    },
  },
  {
    name: 'says which user has joined',
    async run(session) {
      const it = await session()
      const user = await it.settled(it.renewer.join())
      same(
        typeof user === 'string' || typeof user === 'number',
        true,
        'join() resolves with a user',
      )
      same(it.adapter.scope().user, user, 'scope().user after the join')
    },
  },
  {
    name: 'rejects when the SDK refuses to join, and can be asked again',
    async run(session) {
      const it = await session()
      it.driver.set('join', 'refuse')
      const refused = it.renewer.join().then(
        () => 'joined',
        () => 'refused',
      )
      same(await it.settled(refused), 'refused', 'a join that the SDK refuses')
      same(it.adapter.link(), 'down', 'link() after a refused join')
      it.driver.set('join', 'ok')
      await it.settled(it.renewer.join())
      same(it.handed().at(-1), `join ${it.source.tokens.length}`, 'token handed to the SDK')
      same(it.adapter.link(), 'online', 'link() after the next join')
    },
  },
  {
    name: 'undoes a join that is not answered in time',
    async run(session) {
      const it = await session()
      it.driver.set('join', 'hang')
      const late = it.renewer.join().then(
        () => 'joined',
        () => 'late',
      )
      same(await it.settled(late), 'late', 'a join that is never answered')
      it.driver.answer()
      await it.clock.advance(0)
      same(it.adapter.link(), 'down', 'link() after a join that is no longer wanted')
      await isOver(it)
    },
  },
  {
    name: 'asks for another token, once, when the join is refused because of an expired one',
    needs: ['refuseNextJoinAsExpired'],
    async run(session) {
      const it = await session()
      it.driver.refuseNextJoinAsExpired?.()
      await it.settled(it.renewer.join())
      same(it.handed(), ['join 1', 'join 2'], 'tokens handed to the SDK')
    },
  },
  {
    name: 'joins a second time after it has left',
    async run(session) {
      const it = await joined(session)
      await it.settled(it.renewer.leave())
      same(it.adapter.link(), 'down', 'link() after leave()')
      await it.settled(it.renewer.join())
      same(it.handed(), ['join 1', 'join 2'], 'tokens handed to the SDK')
    },
  },
]
