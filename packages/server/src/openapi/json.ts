/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMembers

/** A JSON object. */
export interface JsonMembers {
  readonly [name: string]: Json
}
