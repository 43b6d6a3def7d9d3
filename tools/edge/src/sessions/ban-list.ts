import { isAmong, type Member, type Who } from '../platform/member.ts'

/** Who may not be in a channel. */
export interface BanList {
  add(who: Who): void
  /** Lifts all bans. */
  clear(): void
  has(member: Member): boolean
}

/** Creates an empty list. */
export function createBanList(): BanList {
  let banned: readonly Who[] = []
  return {
    add: (who) => void (banned = [...banned, who]),
    clear: () => void (banned = []),
    has: (member) => banned.some((who) => isAmong(member, who)),
  }
}
