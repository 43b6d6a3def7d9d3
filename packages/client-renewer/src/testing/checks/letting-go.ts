import type { SessionSink } from '../../session-adapter.ts'
import { type Check, HOUR_MS, isOver, joined, RENEWAL_MS, same } from '../contract-check.ts'
import type { ContractSession } from '../contract-session.ts'

type Step = (it: ContractSession) => unknown

/** The life of a session, which the checks cut short after each step. */
const LIFE: readonly Step[] = [
  ({ renewer, settled }) => settled(renewer.join()),
  ({ clock }) => clock.advance(60_000),
  ({ driver }) => driver.warn(),
  ({ clock }) => clock.advance(RENEWAL_MS),
  ({ driver }) => driver.dropLine?.(),
  ({ driver }) => driver.restoreLine?.(),
  ({ clock }) => clock.advance(1000),
  ({ driver }) => driver.expire(),
  ({ clock }) => clock.advance(0),
  ({ clock }) => clock.advance(1000),
]

/** Checks of how an adapter lets go of its SDK. @internal */
export const lettingGoChecks: readonly Check[] = [
  {
    name: 'tells nothing after it is detached, and leaves no listener',
    async run(session) {
      const it = await joined(session)
      it.renewer.dispose()
      const calls: string[] = []
      const before = it.driver.listenerCount()
      for (let times = 0; times < 3; times++) it.adapter.attach(recordingSink(calls))()
      same(it.driver.listenerCount(), before, 'listeners after attaching and detaching')
      it.driver.warn()
      it.driver.expire()
      await it.clock.advance(0)
      same(calls, [], 'calls of the sink after detaching')
      await isOver(it)
    },
  },
  {
    name: 'listens again when it is attached again',
    async run(session) {
      const it = await joined(session)
      it.renewer.dispose()
      const [first, second] = [[], []] as [string[], string[]]
      it.adapter.attach(recordingSink(first))()
      const detach = it.adapter.attach(recordingSink(second))
      it.driver.warn()
      await it.clock.advance(0)
      detach()
      same(first, [], 'calls of the sink that is detached')
      same([...new Set(second)], ['willExpire'], 'calls of the sink that is attached')
    },
  },
  ...LIFE.map((_, step) => cutShort(step)),
  ...(['join', 'renew'] as const).map((call) => cutShortDuring(call)),
  {
    name: 'undoes a rejoin when it is disposed meanwhile',
    async run(session) {
      const it = await joined(session)
      for (const call of ['join', 'renew'] as const) it.driver.set(call, 'hang')
      it.driver.expire()
      await it.clock.advance(100)
      it.renewer.dispose()
      await isOver(it)
      same(it.adapter.link(), 'down', 'link() after the rejoin was undone')
    },
  },
  {
    name: 'does not throw into the SDK when a listener of the app throws',
    async run(session) {
      const it = await joined(session)
      const caught = await withoutReports(async () => {
        for (const event of ['phase', 'fetching', 'expired', 'stopped'] as const) {
          it.renewer.on(event, () => {
            throw new Error('from a listener')
          })
        }
        it.driver.warn()
        await it.clock.advance(1000)
        it.driver.expire()
        await it.clock.advance(HOUR_MS / 60)
        await it.settled(it.driver.userLeaves())
      })
      same(caught > 0, true, 'listeners have thrown')
      await isOver(it)
    },
  },
]

function cutShort(step: number): Check {
  return {
    name: `leaves nothing behind when it is disposed after step ${step + 1} of a session`,
    async run(session) {
      const it = await session()
      for (const act of LIFE.slice(0, step + 1)) await act(it)
      it.renewer.dispose()
      await isOver(it)
    },
  }
}

function cutShortDuring(call: 'join' | 'renew'): Check {
  return {
    name: `leaves nothing behind when it is disposed during ${call}`,
    async run(session) {
      const it = await session()
      it.driver.set(call, 'hang')
      const joining = it.renewer.join().catch(() => {})
      await it.clock.advance(call === 'join' ? 1 : RENEWAL_MS)
      it.renewer.dispose()
      await it.settled(joining)
      await isOver(it)
      if (call === 'join')
        same(it.adapter.link(), 'down', 'link() of a join that is no longer wanted')
    },
  }
}

function recordingSink(calls: string[]): SessionSink {
  const record = (name: string) => () => void calls.push(name)
  return {
    willExpire: record('willExpire'),
    expired: record('expired'),
    linkChanged: record('linkChanged'),
    ended: record('ended'),
    notice: record('notice'),
  }
}

/** Counts the errors that the renewer reports as uncaught, so that they do not fail the test run. */
async function withoutReports(act: () => Promise<void>): Promise<number> {
  const original = Object.getOwnPropertyDescriptor(globalThis, 'reportError')
  let count = 0
  const reportError = () => void count++
  Object.defineProperty(globalThis, 'reportError', { configurable: true, value: reportError })
  try {
    await act()
  } finally {
    if (original) Object.defineProperty(globalThis, 'reportError', original)
    else Reflect.deleteProperty(globalThis, 'reportError')
  }
  return count
}
