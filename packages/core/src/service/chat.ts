import { TokenError } from '../errors.ts'
import { checkUserId } from '../checks/checks.ts'
import type { ChatClaims } from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'

/** Who may use chat: one user, or, by name, the app's own server with all its rights. */
export type ChatOptions =
  | {
      /** 1 to 64 bytes of Agora's documented alphabet. */
      readonly userId: string
      readonly app?: never
    }
  | {
      /** A token for the app's own server. Anyone who gets hold of it can do everything in the app's chat. */
      readonly app: true
      readonly userId?: never
    }

/** A service for `createToken`; made by {@link chat}. */
export type ChatGrant = ChatOptions & { readonly service: 'chat' }

/** Says who may use the Chat service for as long as the token lives. */
export function chat(options: ChatOptions): ChatGrant {
  return grantOf('chat', options)
}

/** Turns a grant into claims. @throws {TokenError} USER_ID_INVALID or IDENTITY_AMBIGUOUS */
export function chatClaims({ userId, app }: ChatGrant, ttl: number): ChatClaims {
  if (app === undefined) {
    return { service: 'chat', userId: checkUserId(userId), privileges: { user: ttl } }
  }
  if (userId === undefined && app) return { service: 'chat', userId: '', privileges: { app: ttl } }
  throw new TokenError('IDENTITY_AMBIGUOUS', 'chat: either userId or app: true expected')
}
