/**
 * Creates a filter that passes the first `limit` different values and turns every further one into
 * `'other'`: a series of metrics stays in memory for ever, so nothing may make them without end.
 *
 * @internal
 */
export function createBoundedLabel(limit: number): (value: string) => string {
  const seen = new Set<string>()
  return (value) => {
    if (seen.size < limit) seen.add(value)
    return seen.has(value) ? value : 'other'
  }
}
