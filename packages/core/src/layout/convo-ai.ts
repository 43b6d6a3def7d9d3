import type { ClaimsOf, ServiceLayout } from './service-layout.ts'

/** Conversational AI. It has no privileges of its own; it stands beside RTC and RTM in a token. */
export type ConvoAiClaims = ClaimsOf<'convoAI'>

/** The ConvoAI service; known to agora-token from 2.0.6 on. */
export const convoAiLayout: ServiceLayout<ConvoAiClaims> = { type: 9, privilegeIds: {}, fields: {} }
