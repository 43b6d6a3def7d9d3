/** One thing that must hold on every runtime. It throws when it does not. */
export interface Check {
  readonly name: string
  readonly run: (notes: Notes) => void | Promise<void>
}

/** What checks found, to be compared between runtimes: SHA-256 digests by name. */
export type Notes = Map<string, string>

const LONGEST_QUOTE = 300

/** Throws unless two values are the same as JSON, the order of members included. */
export function mustEqual(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (got === wanted) return
  throw new Error(`${what}: ${quote(wanted)} expected, got ${quote(got)}`)
}

function quote(json: string | undefined): string {
  return json === undefined ? 'nothing' : json.slice(0, LONGEST_QUOTE)
}
