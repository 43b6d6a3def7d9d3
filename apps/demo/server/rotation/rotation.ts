import type { Judge, SessionView } from '@rtc-token/edge'
import type { KeyRing } from '@rtc-token/server'
import type { ThrowAwayProject } from '../project/lab-project.ts'
import { createRotationEndpoint } from './rotation-endpoint.ts'
import { createRotationJudge } from './rotation-judge.ts'
import {
  createRotatingKeys,
  type RotatingKeysOptions,
  type RotationStage,
  type RotationStep,
} from './rotation-keys.ts'
import { createRotationLedger, type RotationLedger, type SeenToken } from './rotation-ledger.ts'

/** Who is in a call now, and on which key. */
export interface RotationSeat {
  readonly channel: string
  readonly user: string
  readonly tokenFingerprint: string
  /** `null` for a key that this project never had. */
  readonly keyId: string | null
  /** Unix seconds. */
  readonly expiresAt: number
}

/** How the last request from this screen went. */
export interface LastAsk {
  readonly isRenewal: boolean
  readonly status: number
  /** Of the problem document; absent after a grant. */
  readonly code?: string
}

/** All that the page shows of a rotation. Free of secrets. */
export interface RotationState {
  readonly stage: RotationStage
  /** Ids of the keys in force, the signer first. */
  readonly keyIds: readonly string[]
  /** Seconds until the old key may be dropped. */
  readonly waitSeconds: number
  readonly tokens: readonly SeenToken[]
  readonly seats: readonly RotationSeat[]
  readonly lastAsk: LastAsk | null
}

/** The certificates of the demo's project, which can be swapped while calls go on. */
export interface Rotation {
  readonly keys: KeyRing
  /** For the edge: lets in by either key while there are two. */
  readonly judge: Judge
  readonly state: RotationState
  /** @throws {RangeError} when it is not its turn, or the old key is still needed */
  readonly take: (step: RotationStep) => void
  /** Asks for a token, or renews the last one. */
  readonly ask: (isRenewal: boolean) => Promise<void>
}

/** What is rotated, and who watches. */
export interface RotationOptions extends Omit<RotatingKeysOptions, 'appCertificate'> {
  readonly project: ThrowAwayProject
  /** Unix milliseconds, as the edge believes them to be. */
  readonly edgeClock: () => number
  /** Who is at the edge now. */
  readonly sessions: () => readonly SessionView[]
}

/** Creates a rotation that has not begun. */
export function createRotation(options: RotationOptions): Rotation {
  const { project, ttlSeconds, clock, edgeClock, sessions } = options
  const { appId, appCertificate } = project
  const keys = createRotatingKeys({ appCertificate, ttlSeconds, clock })
  const ledger = createRotationLedger(keys, clock)
  const endpoint = createRotationEndpoint({ appId, keys: keys.ring, ttlSeconds, clock })
  const heard = (token: string): void => ledger.note(token, 'shown to the edge')
  let lastToken: string | undefined
  let lastAsk: LastAsk | null = null
  return {
    keys: keys.ring,
    judge: createRotationJudge({ keys, clock: edgeClock, heard }),
    take: keys.take,
    get state() {
      const { stage, waitSeconds } = keys
      const keyIds = keys.inForce.map(({ id }) => id)
      const seats = sessions().map((session) => seatOf(ledger, session))
      return { stage, keyIds, waitSeconds, tokens: ledger.tokens(), seats, lastAsk }
    },
    async ask(isRenewal) {
      const previous = isRenewal ? lastToken : undefined
      const { token, ...answer } = await endpoint.ask(previous)
      lastAsk = { isRenewal: previous !== undefined, ...answer }
      if (token === undefined) return
      lastToken = token
      ledger.note(token, previous === undefined ? 'asked for here' : 'renewed here')
    },
  }
}

function seatOf(ledger: RotationLedger, session: SessionView): RotationSeat {
  const { channel, uid, tokenFingerprint, expiresAt } = session
  const keyId = ledger.keyIdOf(tokenFingerprint)
  return { channel, user: String(uid), tokenFingerprint, keyId, expiresAt }
}
