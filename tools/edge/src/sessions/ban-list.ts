import { isAmong, type Member, type Who } from '../platform/member.ts'

/** What a ban forbids, in the platform's words. `join_channel` also puts those out who are in. */
export type Privilege = 'join_channel' | 'publish_audio' | 'publish_video'

/** Who may not do what, and until when. */
interface Ban {
  readonly who: Who
  readonly privileges: readonly Privilege[]
  /** Unix milliseconds by the edge's clock; absent for a ban without an end. */
  readonly expiresAt?: number
}

/** A ban with the number by which it is lifted. */
export interface NumberedBan extends Ban {
  readonly id: number
}

/** Who may not be in a channel, or not publish there. */
export interface BanList {
  /** Adds a ban, and returns its number. */
  add(ban: Ban): number
  /** Gives a ban another end. Returns whether it was there. */
  extend(id: number, expiresAt: number): boolean
  /** Lifts one ban. Returns whether it was there. */
  remove(id: number): boolean
  /** Lifts all bans. */
  clear(): void
  /** The bans in force, oldest first. */
  all(): readonly NumberedBan[]
  forbids(member: Member, privilege: Privilege): boolean
}

/** Creates an empty list. `clock` gives Unix milliseconds. */
export function createBanList(clock: () => number): BanList {
  const bans = new Map<number, NumberedBan>()
  let lastId = 0
  const all = (): NumberedBan[] =>
    [...bans.values()].filter(({ expiresAt = Infinity }) => expiresAt > clock())
  return {
    add(ban) {
      lastId += 1
      bans.set(lastId, { id: lastId, ...ban })
      return lastId
    },
    extend(id, expiresAt) {
      const ban = bans.get(id)
      if (ban) bans.set(id, { ...ban, expiresAt })
      return ban !== undefined
    },
    remove: (id) => bans.delete(id),
    clear: () => bans.clear(),
    all,
    forbids: (member, privilege) =>
      all().some(({ who, privileges }) => privileges.includes(privilege) && isAmong(member, who)),
  }
}
