import type { ChannelClaims, ServiceLayout } from './service-layout.ts'

/** Ids on the wire. */
export const FCDN_PRIVILEGE_IDS = { publish: 1, play: 2 } as const

/** The privileges of the FCDN service. */
export type FcdnPrivilege = keyof typeof FCDN_PRIVILEGE_IDS

/** Fusion CDN: which channel, who. */
export type FcdnClaims = ChannelClaims<'fcdn'>

/** The FCDN service. */
export const fcdnLayout: ServiceLayout<FcdnClaims> = {
  type: 6,
  privilegeIds: FCDN_PRIVILEGE_IDS,
  fields: { channel: 'text', user: 'text' },
}
