import { RTM_PRIVILEGE_IDS } from './rtm.ts'
import type { Rtm2Permission } from './rtm-permissions.ts'
import type { ClaimsOf, ServiceLayout } from './service-layout.ts'

/** Messaging with permissions: who may log in, and what they may read and write. */
export interface Rtm2Claims extends ClaimsOf<'rtm2'> {
  readonly userId: string
  readonly permissions: readonly Rtm2Permission[]
}

/** The RTM2 service. */
export const rtm2Layout: ServiceLayout<Rtm2Claims> = {
  type: 8,
  privilegeIds: RTM_PRIVILEGE_IDS,
  fields: { userId: 'text', permissions: 'permissions' },
}
