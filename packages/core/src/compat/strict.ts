/**
 * Makes the drop-ins throw where they only warn. It is no part of them, because they export exactly what
 * the packages export that they replace.
 *
 * @module
 */
import { throwUnitMistakes } from './unit-mistakes.ts'

/**
 * From now on `compat/agora-token` throws for a timestamp where it wants a length of time (`TokenError`
 * TTL_LOOKS_ABSOLUTE), and `compat/agora-access-token` for a length where it wants a timestamp
 * (CLAIM_INVALID). For all copies of this package in the process; the environment variable
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
