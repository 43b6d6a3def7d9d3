import {
  type Context,
  createContext,
  createElement,
  type FunctionComponentElement,
  type ProviderProps,
  type ReactNode,
} from 'react'
import type { TokenSource } from '../token-source.ts'

/** The source of the nearest provider. @internal */
export const SourceContext: Context<TokenSource | undefined> = /* @__PURE__ */ createContext<
  TokenSource | undefined
>(undefined)

/** The properties of {@link TokenRenewalProvider}. */
export interface TokenRenewalProviderProps {
  /** The source for every session below without one of its own. For several sessions, pass a shared source. */
  readonly source: TokenSource
  readonly children?: ReactNode
}

/**
 * Provides one token source to all sessions below it.
 *
 * @example
 * ```tsx
 * const source = createSharedSource(httpSource({ url: '/api/agora/v1/tokens' }))
 * <TokenRenewalProvider source={source}><Call /></TokenRenewalProvider>
 * ```
 */
export function TokenRenewalProvider({
  source,
  children,
}: TokenRenewalProviderProps): FunctionComponentElement<ProviderProps<TokenSource | undefined>> {
  return createElement(SourceContext.Provider, { value: source }, children)
}
