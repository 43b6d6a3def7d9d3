import type { ServiceLayout, UserClaims } from './service-layout.ts'

/** Chat: who may log in; with the privilege `app` and no user id, the app's own server. */
export type ChatClaims = UserClaims<'chat'>

/** The Chat service. */
export const chatLayout: ServiceLayout<ChatClaims> = {
  type: 5,
  privilegeIds: { user: 1, app: 2 },
  fields: { userId: 'text' },
}
