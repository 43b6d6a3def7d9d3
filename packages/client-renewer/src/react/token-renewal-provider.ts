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
  /** For every session below that has no source of its own. With several sessions: a shared source. */
  readonly source: TokenSource
  readonly children?: ReactNode
}

/**
 * Gives the sessions below it one token source.
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
