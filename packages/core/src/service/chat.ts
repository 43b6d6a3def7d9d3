import { TokenError } from '../errors.ts'
import { checkUserId } from '../checks/checks.ts'
import type { ChatClaims } from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'

/** Whom to admit to chat: one user, or your own server with every right. */
export type ChatOptions =
  | {
      /** 1 to 64 bytes, in the characters of `checkChannel`. */
      readonly userId: string
      readonly app?: never
    }
  | {
      /** Makes a token for your own server, with every right in the app's chat. Never send it to a client. */
      readonly app: true
      readonly userId?: never
    }

/** What {@link chat} returns. */
export type ChatGrant = ChatOptions & { readonly service: 'chat' }

/**
 * Grants the Chat service for as long as the token lasts. `createToken` checks the options:
 * USER_ID_INVALID, IDENTITY_AMBIGUOUS.
 */
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
