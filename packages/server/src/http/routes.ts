import type { Target } from './target.ts'

/** What a target leads to, with the texts that stand in it. @internal */
export interface Match<E> {
  readonly endpoint: E
  readonly values: readonly string[]
  readonly query: string
}

/** An endpoint and the end of the path that leads to it, such as `/v1/tokens` or `/rtm/:user`. @internal */
export interface Route<E> {
  readonly path: string
  readonly endpoint: E
}

const NO_VALUES: readonly string[] = []

/**
 * Finds the endpoint of a target. Of the path only the end counts, because frameworks differ in whether
 * they take off the prefix they mount at; of the host nothing does.
 *
 * @internal
 */
export function findRoute<E>(
  routes: readonly Route<E>[],
  { path, query }: Target,
): Match<E> | undefined {
  for (const route of routes) {
    const values = valuesOf(route.path, path)
    if (values) return { endpoint: route.endpoint, values, query }
  }
  return undefined
}

function valuesOf(pattern: string, path: string): readonly string[] | undefined {
  // Nearly every request ends here, without a list of segments.
  if (!pattern.includes(':')) return path.endsWith(pattern) ? NO_VALUES : undefined
  const wanted = pattern.slice(1).split('/')
  const given = path.replace(/\/$/, '').split('/').slice(-wanted.length)
  const values: string[] = []
  for (const [index, segment] of wanted.entries()) {
    const text = given[index]
    if (text === undefined || (!segment.startsWith(':') && segment !== text)) return undefined
    if (segment.startsWith(':')) values.push(decoded(text))
  }
  return values
}

// A text that is no escaped UTF-8 cannot be the name of anything, but `%` is a letter of names: it must
// not go through as it stands.
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return '\u{fffd}'
  }
}
