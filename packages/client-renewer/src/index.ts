/**
 * Keeps an Agora session alive: fetches tokens from your server, hands each to the SDK before the last one expires,
 * and joins again when a token has expired.
 *
 * @module
 */
export type { ProblemDetail, ServiceName, TokenRequestBody } from '@rtc-token/core/contract'
export { type Clock, systemClock } from './environment/clock.ts'
export { browserLifecycle, type Lifecycle, type LifecycleSignal } from './environment/lifecycle.ts'
export {
  type AppStateLike,
  type NetInfoLike,
  reactNativeLifecycle,
} from './environment/react-native-lifecycle.ts'
export {
  isRenewError,
  type ProblemWords,
  RenewError,
  type RenewErrorCode,
  type RenewErrorOptions,
} from './errors.ts'
export type { Phase, Renewed, RenewerEvents, Republished, Retry } from './events.ts'
export { type HeaderFields, httpSource, type HttpSourceOptions } from './sources/http-source.ts'
export { renewalDelay } from './timing/renewal-delay.ts'
export type { RenewerOptions } from './renewer-options.ts'
export { createRenewer, type Renewer } from './renewer.ts'
export type { RenewerActions } from './renewer-actions.ts'
export type {
  EndCause,
  JoinRequest,
  LinkState,
  Notice,
  SessionAdapter,
  SessionSink,
  TokenScope,
} from './session-adapter.ts'
export type { RenewReason, TokenGrant, TokenRequest, TokenSource } from './token-source.ts'
