import { type Check, HOUR_MS, joined, same } from '../contract-check.ts'

/** Checks that tokens stay secret. @internal */
export const secrecyChecks: readonly Check[] = [
  {
    name: 'does not put a token into an event or an error',
    async run(session) {
      const it = await joined(session)
      for (const call of ['renew', 'join'] as const) it.driver.set(call, 'refuse')
      await it.clock.advance(60_000)
      it.driver.warn()
      await it.clock.advance(5000)
      it.driver.expire()
      await it.clock.advance(5000)
      for (const call of ['renew', 'join'] as const) it.driver.set(call, 'ok')
      await it.clock.advance(HOUR_MS)
      same(it.count('retry') > 0, true, 'something has failed')
      const text = textOf([it.told, it.adapter])
      same(it.source.tokens.filter((token) => text.includes(token)).length, 0, 'tokens told')
    },
  },
]

/** All text within a value, also in members that JSON leaves out. */
function textOf(value: unknown, seen: Set<unknown> = new Set()): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (seen.has(value)) return ''
  seen.add(value)
  const own = Object.getOwnPropertyNames(value)
  const parts = own.map((name) => textOf(Reflect.get(value, name), seen))
  return [...own, ...parts].join('\n')
}
