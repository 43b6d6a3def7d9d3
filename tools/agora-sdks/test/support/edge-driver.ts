import type { GivenToken, SdkDriver } from '@rtc-token/client-renewer/testing'
import { type EdgePage, settlePage } from './edge-page.ts'
import type { Door } from './edge-service.ts'

/** What differs from one SDK to another. */
export interface EdgeDriverOptions {
  readonly page: EdgePage
  readonly channel: string
  readonly given: readonly GivenToken[]
  /** What the SDK calls its messages to the gateway. */
  readonly types: Readonly<Record<'join' | 'renew' | 'leave', string>>
  /** Where a join is turned away so that the SDK gives it up. */
  readonly joinRefusedAt: Door
  readonly listenerCount: () => number
  readonly userLeaves: () => Promise<void>
}

/** Drives a real SDK by what is done to the service and to the line. */
export function edgeDriver(options: EdgeDriverOptions): SdkDriver {
  const { page, channel, given, types, joinRefusedAt, listenerCount, userLeaves } = options
  const { line, service } = page
  const doors = { join: joinRefusedAt, renew: 'renew', leave: undefined } as const
  const before = listenerCount()
  return {
    given,
    listenerCount: () => listenerCount() - before,
    warn: () => service.warn(channel),
    expire: () => service.expire(channel),
    dropLine: () => line.cut(),
    restoreLine: () => line.mend(),
    userLeaves,
    ban: () => void service.edge.ban({ channel }),
    published: () => service.inChannel(channel).flatMap(({ published }) => published).length,
    refuseNextJoinAsExpired: () => service.endNextToken(),
    set(call, behaviour) {
      if (behaviour === 'hang') line.hold(types[call])
      else line.pass(types[call])
      const door = doors[call]
      if (door) service.refuse(door, behaviour === 'refuse' ? 'invalid' : undefined)
    },
    answer: () => line.release(),
    settle: settlePage,
  }
}

/** Sets everything straight that a driver may have left otherwise. */
export function resetPage({ line, service }: EdgePage, types: EdgeDriverOptions['types']): void {
  for (const type of Object.values(types)) line.pass(type)
  line.mend()
  line.release()
  service.reset()
}
