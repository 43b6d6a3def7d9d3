import { readFileSync } from 'node:fs'

/** A call of a reference builder, and the token that the references agree on. */
export interface BuilderVector {
  readonly id: string
  /** `family.function`; the family's digit is the version. */
  readonly fn: string
  readonly args: readonly (string | number)[]
  readonly salt: number
  /** Unix seconds. */
  readonly now: number
  /** 006: the token. 007: its inflated content in hexadecimal. */
  readonly answer: string
}

interface Row {
  readonly id: string
  readonly request: Omit<BuilderVector, 'id' | 'answer'> & { readonly op: string }
  readonly token: string
  readonly inflatedHex?: string
}

/** All rows of `differential.json` that call a builder. */
export function readBuilderVectors(): BuilderVector[] {
  const path = new URL('../vectors/differential.json', import.meta.url)
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly Row[] }
  return cases
    .filter(({ request }) => request.op === 'builder')
    .map(({ id, request: { fn, args, salt, now }, token, inflatedHex }) => ({
      id,
      fn,
      args,
      salt,
      now,
      answer: inflatedHex ?? token,
    }))
}
