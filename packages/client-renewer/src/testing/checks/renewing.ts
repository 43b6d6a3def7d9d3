import { type Check, joined, RENEWAL_MS, same } from '../contract-check.ts'

/** Checks of how a session gets its next token. @internal */
export const renewingChecks: readonly Check[] = [
  {
    name: 'hands the next token over before the end of the one in use',
    async run(session) {
      const it = await joined(session)
      await it.clock.advance(2 * RENEWAL_MS)
      same(it.handed(), ['join 1', 'renew 2', 'renew 3'], 'tokens handed to the SDK')
      same([it.count('renewed'), it.count('retry')], [2, 0], 'renewals, and tries that failed')
    },
  },
  {
    name: 'renews when the SDK warns',
    async run(session) {
      const it = await joined(session)
      await it.clock.advance(60_000)
      it.driver.warn()
      await it.clock.advance(0)
      same(it.source.requests[1]?.reason, 'will-expire', 'reason of the renewal')
      same(it.handed(), ['join 1', 'renew 2'], 'tokens handed to the SDK')
    },
  },
  {
    name: 'renews once when the SDK and the clock warn together',
    async run(session) {
      const it = await joined(session)
      await it.clock.advance(RENEWAL_MS - 1)
      it.driver.warn()
      it.driver.warn()
      await it.clock.advance(1)
      it.driver.warn()
      await it.clock.advance(1000)
      same(it.handed(), ['join 1', 'renew 2'], 'tokens handed to the SDK')
    },
  },
  {
    name: 'tries again with another token when the SDK refuses one',
    async run(session) {
      const it = await joined(session)
      it.driver.set('renew', 'refuse')
      await it.clock.advance(RENEWAL_MS)
      same([it.count('renewed'), it.count('retry')], [0, 1], 'renewals, and tries that failed')
      it.driver.set('renew', 'ok')
      await it.clock.advance(60_000)
      same([it.count('renewed'), it.count('failed')], [1, 0], 'renewals, and giving up')
      same(it.handed().at(-1), `renew ${it.source.tokens.length}`, 'last token handed to the SDK')
    },
  },
  {
    name: 'waits until the SDK has taken a token, and does not hand it over twice',
    async run(session) {
      const it = await joined(session)
      it.driver.set('renew', 'hang')
      await it.clock.advance(RENEWAL_MS + 200_000)
      same(it.handed(), ['join 1', 'renew 2'], 'tokens handed to the SDK while it is silent')
      same(it.count('renewed'), 0, 'renewals while the SDK is silent')
      it.driver.set('renew', 'ok')
      it.driver.answer()
      await it.clock.advance(60_000)
      same(it.count('renewed'), 1, 'renewals once the SDK has answered')
    },
  },
  {
    name: 'keeps the next token while the line is down, and hands it over once it is back',
    needs: ['dropLine', 'restoreLine'],
    async run(session) {
      const it = await joined(session)
      it.driver.dropLine?.()
      await it.clock.advance(0)
      same(it.adapter.link(), 'unsettled', 'link() while the SDK tries to get back')
      await it.clock.advance(RENEWAL_MS)
      same(it.handed(), ['join 1'], 'tokens handed to the SDK while the line is down')
      it.driver.restoreLine?.()
      await it.clock.advance(1000)
      same(it.adapter.link(), 'online', 'link() once the line is back')
      same(it.handed(), ['join 1', 'renew 2'], 'tokens handed to the SDK once the line is back')
    },
  },
]
