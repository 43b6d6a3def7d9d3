/**
 * Compares digests in a time that depends on their length only. Written by hand because
 * `timingSafeEqual` exists on Node alone.
 *
 * @internal
 */
export function equalText(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) {
    difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  }
  return difference === 0
}
