/**
 * For React 18 and later: keeps a session supplied for as long as a component is mounted.
 *
 * @module
 */
// Hooks and contexts: components of a server pass the border to the client here.
'use client'

export type { RenewalState } from '../store/renewal-state.ts'
export type { TokenRenewal } from './renewal-store.ts'
export { TokenRenewalProvider, type TokenRenewalProviderProps } from './token-renewal-provider.ts'
export { useTokenRenewal, type UseTokenRenewalOptions } from './use-token-renewal.ts'
