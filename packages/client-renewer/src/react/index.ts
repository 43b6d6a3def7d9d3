/**
 * Keeps a session supplied with valid tokens while a component is mounted. For React 18 and later.
 *
 * @module
 */
// Hooks and contexts: for server components, this is the boundary to the client.
'use client'

export type { RenewalState } from '../store/renewal-state.ts'
export type { TokenRenewal } from './renewal-store.ts'
export { TokenRenewalProvider, type TokenRenewalProviderProps } from './token-renewal-provider.ts'
export { useTokenRenewal, type UseTokenRenewalOptions } from './use-token-renewal.ts'
