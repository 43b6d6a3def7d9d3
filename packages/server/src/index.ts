/**
 * A token endpoint that cannot be built without saying who may ask and what they may get.
 *
 * @module
 */

export { createTokenHandler, type TokenHandler } from './token-handler.ts'
export type {
  Authenticator,
  AuthenticateContext,
  Authorizer,
  RequestContext,
  TokenHandlerOptions,
  TtlOptions,
} from './handler-options.ts'
export {
  allow,
  type Ask,
  type Decision,
  type Denial,
  deny,
  type ForbiddenCode,
  type Grant,
  type PreviousGrant,
  type Wish,
} from './policy.ts'
export { type Project, type ProjectEnv, projectFromEnv } from './project.ts'
export type { PlainReply } from './respond.ts'
