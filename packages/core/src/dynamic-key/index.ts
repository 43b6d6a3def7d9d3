/**
 * Keys older than version 006: dynamic keys 001 to 005 and signaling tokens, for systems that still read
 * them. For everything else, use `createToken`.
 *
 * @module
 */
export { isTokenError, TokenError, type TokenErrorCode } from '../errors.ts'
export {
  createDynamicKey001,
  createDynamicKey002,
  createDynamicKey003,
} from './dynamic-key-001-to-003.ts'
export {
  createDynamicKey004,
  type DynamicKey004Options,
  type DynamicKey004Service,
} from './dynamic-key-004.ts'
export {
  createDynamicKey005,
  type DynamicKey005Options,
  type InChannelPermission,
} from './dynamic-key-005.ts'
export type { DynamicKeyOptions, UserKeyOptions } from './key-options.ts'
export { createSignalingToken, type SignalingTokenOptions } from './signaling-token.ts'
