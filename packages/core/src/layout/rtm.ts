import type { ServiceLayout, UserClaims } from './service-layout.ts'

/** Ids on the wire, in 007. In 006 the login has the id 1000. */
export const RTM_PRIVILEGE_IDS = { login: 1 } as const

/** Messaging: who may log in. */
export type RtmClaims = UserClaims<'rtm'>

/** The RTM service. */
export const rtmLayout: ServiceLayout<RtmClaims> = {
  type: 2,
  privilegeIds: RTM_PRIVILEGE_IDS,
  fields: { userId: 'text' },
}
