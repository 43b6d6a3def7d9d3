import { createDynamicKey002 } from './dynamic-key-002.ts'
import type { UserKeyOptions } from './key-options.ts'

/**
 * Signs a dynamic key of version 003: a key of version 002 with its version in front, 113 characters.
 * Agora's own name for it is `DynamicKey3`; its SDKs read it from 1.2.3 on.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID,
 *   SALT_INVALID, UID_INVALID, CLAIM_INVALID for `expiresAt`
 */
export function createDynamicKey003(options: UserKeyOptions): string {
  return `003${createDynamicKey002(options)}`
}
