/**
 * Makes the drop-in packages throw where they only warn. It has its own entry point, because the drop-ins
 * export exactly the names of the packages that they replace.
 *
 * @module
 */
import { throwUnitMistakes } from './unit-mistakes.ts'

/**
 * Turns warnings about units into a `TokenError`. From then on, `compat/agora-token` throws
 * TTL_LOOKS_ABSOLUTE when a duration is 1000000000 or more and looks like a timestamp;
 * `compat/agora-access-token` throws CLAIM_INVALID when `privilegeExpiredTs` is below that and looks like a
 * duration. It applies to every copy of this package in the process. The environment variable
 * `RTC_TOKEN_STRICT=1` does the same.
 *
 * @example
 * ```ts
 * import { strict } from '@rtc-token/core/compat/strict'
 *
 * strict()
 * ```
 */
export function strict(): void {
  throwUnitMistakes()
}
