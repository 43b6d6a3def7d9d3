/**
 * Masks user and password of every address in a text or in a line of JSON, from `://` to the `@`.
 * Passwords that should be encoded and are not may hold `/`, `?`, `#`, `@` and another `://`; a port and
 * a path are none. Looks at each run of letters once, and so takes as long as the text is long: a
 * pattern for all of it would read on from each `://` to the end.
 *
 * @internal
 */
export function maskUrlCredentials(text: string, mask: string): string {
  return text.replace(RUN, (run) => {
    const end = run.lastIndexOf('@') + 1
    return run.slice(0, end).replace(CREDENTIALS, `://${mask}@`) + run.slice(end)
  })
}

const RUN = /:\/\/[^\s"\\]*/g
// Of a text that ends in an `@`: what has a `:` behind the user matches to the end.
const CREDENTIALS = /:\/\/(?:[^/?#:@]*:(?!\d{1,5}[/?#]).*|[^/?#]*)@/g
