/**
 * Masks user and password of every URL in a string or in a line of JSON, from `://` to the `@`. Passwords that were
 * not encoded may contain `/`, `?`, `#`, `@` and another `://`; a port and a path are not masked. It reads each run
 * of non-blank characters once, so its time is linear: one pattern for the whole string would scan from each `://`
 * to the end.
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
// For a string that ends in `@`: with a `:` after the user, it matches to the end.
const CREDENTIALS = /:\/\/(?:[^/?#:@]*:(?!\d{1,5}[/?#]).*|[^/?#]*)@/g
