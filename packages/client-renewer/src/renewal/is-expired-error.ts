/**
 * Whether an SDK refuses a token because that has ended. Where it says so differs by version: in the
 * code, in the message, or in a list of texts.
 */
export function saysExpired(error: unknown): boolean {
  const { code, data }: { code?: unknown; data?: { desc?: unknown } } = Object(error)
  return /expire|token timeout/i.test([code, error, data?.desc].join())
}
