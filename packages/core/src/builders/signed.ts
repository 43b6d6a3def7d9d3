import { type Draft, issueNow } from './draft.ts'

/** Functions that draft tokens, by the name of the builder function. */
type Drafts = Readonly<Record<string, (...args: never[]) => Draft>>

/** The type of a builder: functions that return signed tokens. */
export type Signed<D extends Readonly<Record<string, (...args: never[]) => unknown>>> = {
  readonly [Name in keyof D]: (...args: Parameters<D[Name]>) => string
}

/**
 * Makes a builder from draft functions: each of its functions drafts a token and signs it at the current
 * time. Tests sign the drafts with their own issue time and salt.
 */
export function signed<D extends Drafts>(drafts: D): Signed<D> {
  const functions = Object.entries(drafts).map(
    ([name, draft]) => [name, (...args: never[]) => draft(...args)(issueNow())] as const,
  )
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same names, from the same object
  return Object.fromEntries(functions) as unknown as Signed<D>
}
