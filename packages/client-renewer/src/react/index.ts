/**
 * For React 18 and later: keeps a session supplied for as long as a component is mounted.
 *
 * @module
 */
export type { TokenRenewal } from './renewal-store.ts'
export { TokenRenewalProvider, type TokenRenewalProviderProps } from './token-renewal-provider.ts'
export { useTokenRenewal, type UseTokenRenewalOptions } from './use-token-renewal.ts'
