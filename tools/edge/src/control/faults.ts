import { isAmong, type Member, type Who } from '../platform/member.ts'
import type { Refusal } from '../platform/platform-codes.ts'

/** What goes wrong. Nothing does unless it is switched on. */
export interface Faults {
  /** Renewals get no answer and have no effect. */
  readonly swallowRenewals: boolean
  /** Renewals are refused for every token; the session goes on with the old one. */
  readonly refuseRenewals: Refusal | false
  /** Access point and gateway turn away every user who joins, with any token. */
  readonly refuseJoins: Refusal | false
  /** `on_token_privilege_will_expire` is not sent. */
  readonly withholdWillExpire: boolean
  /** `on_token_privilege_did_expire` is not sent: the edge only forgets the session. */
  readonly withholdDidExpire: boolean
  /** Answers of access point and gateway come this much later, in milliseconds. */
  readonly answerDelayMs: number
  /** No line to the gateway comes about. Those that are open stay: see `dropConnections`. */
  readonly cutLines: boolean
  /** The access point breaks off every connection without an answer. */
  readonly cutAccessPoint: boolean
}

/** The switches of an edge, for everybody or for some. */
export interface FaultBoard {
  /**
   * Switches faults for those chosen, also those to come; without `who` for everybody. What is said
   * later counts, so that a switch for everybody overrules earlier ones for some.
   */
  set(changes: Partial<Faults>, who?: Who): void
  /** The faults that a member meets now; without a member, those that everybody meets. */
  of(member?: Member): Faults
  /** Switches everything off, for everybody. */
  clear(): void
}

const NONE: Faults = {
  swallowRenewals: false,
  refuseRenewals: false,
  refuseJoins: false,
  withholdWillExpire: false,
  withholdDidExpire: false,
  answerDelayMs: 0,
  cutLines: false,
  cutAccessPoint: false,
}

/** Creates a board on which everything is off. */
export function createFaultBoard(): FaultBoard {
  let rules: readonly { readonly changes: Partial<Faults>; readonly who: Who | undefined }[] = []
  return {
    set(changes, who) {
      checkFaults(changes)
      rules = [...rules, { changes, who }]
    },
    of(member) {
      const faults: Faults = { ...NONE }
      for (const { changes, who = {} } of rules) {
        const isMet = member ? isAmong(member, who) : isEverybody(who)
        if (isMet) Object.assign(faults, changes)
      }
      return faults
    },
    clear: () => void (rules = []),
  }
}

function isEverybody(who: Who): boolean {
  return Object.values(who).every((value) => value === undefined)
}

function checkFaults(changes: Partial<Faults>): void {
  for (const name of Object.keys(changes)) {
    if (!(name in NONE)) throw new TypeError(`a fault expected, got ${JSON.stringify(name)}`)
  }
  const { answerDelayMs = 0 } = changes
  if (!(answerDelayMs >= 0)) {
    throw new TypeError(`answerDelayMs: milliseconds from 0 expected, got ${answerDelayMs}`)
  }
}
