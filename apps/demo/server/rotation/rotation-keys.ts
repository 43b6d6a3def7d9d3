import { fingerprint } from '@rtc-token/core'
import { certificateKeys, type KeyRing } from '@rtc-token/server'
import { madeUpCertificate } from '../project/lab-project.ts'

/** How far a rotation is: one key; a second one that only verifies; the second one signs. */
export type RotationStage = 'one' | 'both' | 'turned'

/** What takes a rotation further. */
export type RotationStep = 'add' | 'turn' | 'drop'

/** A certificate with the name that logs know it by. */
interface NamedKey {
  /** The first 8 hexadecimal digits of the SHA-256 of the certificate. */
  readonly id: string
  /** Secret. */
  readonly certificate: string
}

/** The certificates of a project while they are rotated. */
export interface RotatingKeys {
  /** What token handlers sign and verify with; follows every step. */
  readonly ring: KeyRing
  readonly stage: RotationStage
  /** Those in force, the signer first. */
  readonly inForce: readonly NamedKey[]
  /** Those in force and those dropped since, the latest first. */
  readonly known: readonly NamedKey[]
  /** Seconds until every token of the old key has ended; 0 when it may be dropped. */
  readonly waitSeconds: number
  /**
   * Takes a step.
   *
   * @throws {RangeError} when it is not its turn, or tokens of the old key may be alive
   */
  readonly take: (step: RotationStep) => void
  /** Takes the last step although tokens of the old key may be alive: the mistake to be shown. */
  readonly dropTooEarly: () => void
}

/** What rotates, and how long its tokens live. */
export interface RotatingKeysOptions {
  readonly appCertificate: string
  /** The longest life that is granted. */
  readonly ttlSeconds: number
  /** Unix milliseconds. */
  readonly clock: () => number
}

const REMEMBERED = 20
const BEFORE: Readonly<Record<RotationStep, RotationStage>> = {
  add: 'one',
  turn: 'both',
  drop: 'turned',
}

/** Creates the keys of a project before its rotation. The certificates to come are made up. */
export function createRotatingKeys(options: RotatingKeysOptions): RotatingKeys {
  const { ttlSeconds, clock } = options
  let stage: RotationStage = 'one'
  let inForce: readonly NamedKey[] = [nameKey(options.appCertificate)]
  let known = inForce
  let ring = ringOf(inForce)
  let turnedAt = 0

  const change = (next: RotationStage, keys: readonly NamedKey[]): void => {
    stage = next
    inForce = keys
    ring = ringOf(keys)
  }
  const steps: Readonly<Record<RotationStep, () => void>> = {
    add() {
      const fresh = nameKey(madeUpCertificate())
      known = [fresh, ...known].slice(0, REMEMBERED)
      change('both', [...inForce, fresh])
    },
    turn() {
      turnedAt = clock()
      change('turned', inForce.toReversed())
    },
    drop: () => change('one', inForce.slice(0, 1)),
  }
  const waitSeconds = (): number =>
    stage === 'turned' ? Math.max(0, Math.ceil(turnedAt / 1000 + ttlSeconds - clock() / 1000)) : 0

  return {
    ring: { signer: () => ring.signer(), verifiers: () => ring.verifiers() },
    get stage() {
      return stage
    },
    get inForce() {
      return inForce
    },
    get known() {
      return known
    },
    get waitSeconds() {
      return waitSeconds()
    },
    take(step) {
      if (stage !== BEFORE[step]) throw new RangeError(`It is not the turn of "${step}"`)
      const seconds = step === 'drop' ? waitSeconds() : 0
      if (seconds > 0) throw new RangeError(`Tokens of the old key may live ${seconds} s yet`)
      steps[step]()
    },
    dropTooEarly: steps.drop,
  }
}

function nameKey(certificate: string): NamedKey {
  return { id: fingerprint(certificate), certificate }
}

function ringOf([signer, other]: readonly NamedKey[]): KeyRing {
  if (!signer) throw new RangeError('at least one key expected, got none')
  return certificateKeys(signer.certificate, other?.certificate)
}
