import type { ClaimsOf, ServiceLayout } from './service-layout.ts'

/** Flexible classroom: which room, which user, in which role. */
export interface ApaasClaims extends ClaimsOf<'apaas'> {
  readonly roomUuid: string
  readonly userUuid: string
  /** Signed 16 bits; −1 when there is none. */
  readonly role: number
}

/** The aPaaS service; before September 2024 it went by the name of Education. */
export const apaasLayout: ServiceLayout<ApaasClaims> = {
  type: 7,
  privilegeIds: { roomUser: 1, user: 2, app: 3 },
  fields: { roomUuid: 'text', userUuid: 'text', role: 'i16' },
}
