import type { ClaimsOf, ServiceLayout } from './service-layout.ts'

/** Full-path acceleration. */
export type FpaClaims = ClaimsOf<'fpa'>

/** The FPA service; before November 2021 it went by the name of Rtns. */
export const fpaLayout: ServiceLayout<FpaClaims> = {
  type: 4,
  privilegeIds: { login: 1 },
  fields: {},
}
