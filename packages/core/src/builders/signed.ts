import { type Draft, issueNow } from './draft.ts'

/** Functions that draft tokens, by the name of the builder function. */
type Drafts = Readonly<Record<string, (...args: never[]) => Draft>>

/** The same functions, giving tokens. */
export type Signed<D extends Readonly<Record<string, (...args: never[]) => unknown>>> = {
  readonly [Name in keyof D]: (...args: Parameters<D[Name]>) => string
}

/**
 * Makes a builder of functions that draft: each of the builder's functions drafts a token and signs
 * it now. Tests sign the drafts with an issue time and a salt of their own.
 */
export function signed<D extends Drafts>(drafts: D): Signed<D> {
  const functions = Object.entries(drafts).map(
    ([name, draft]) => [name, (...args: never[]) => draft(...args)(issueNow())] as const,
  )
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same names, from the same object
  return Object.fromEntries(functions) as unknown as Signed<D>
}
