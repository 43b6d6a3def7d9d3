import type { ClaimsOf, ServiceLayout } from './service-layout.ts'

/** Speech to text. It has no privileges of its own; it stands beside RTC and RTM in a token. */
export type SttClaims = ClaimsOf<'stt'>

/** The STT service; known to agora-token from 2.0.6 on. */
export const sttLayout: ServiceLayout<SttClaims> = { type: 10, privilegeIds: {}, fields: {} }
