import type { Attack, Target } from './attack.ts'
import { bodyAttacks } from './body-attacks.ts'
import { compatAttacks } from './compat-attacks.ts'
import { credentialAttacks } from './credential-attacks.ts'
import { inspectAttacks } from './inspect-attacks.ts'
import { nameAttacks } from './name-attacks.ts'
import { pageAttacks } from './page-attacks.ts'
import { pathAttacks } from './path-attacks.ts'
import { renewalAttacks } from './renewal-attacks.ts'
import { targetAttacks } from './target-attacks.ts'
import { ticketAttacks } from './ticket-attacks.ts'
import { ttlAttacks } from './ttl-attacks.ts'

export type { Attack, AttackRequest, Target } from './attack.ts'

/** Every attack that an endpoint must refuse without signing anything, aimed at one target. */
export function attacksOn(target: Target): readonly Attack[] {
  return [
    ...credentialAttacks(target),
    ...nameAttacks(target),
    ...ttlAttacks(target),
    ...bodyAttacks(target),
    ...pathAttacks(target),
    ...targetAttacks(target),
    ...pageAttacks(target),
    ...renewalAttacks(target),
    ...ticketAttacks(target),
    ...compatAttacks(target),
    ...inspectAttacks(target),
  ]
}
