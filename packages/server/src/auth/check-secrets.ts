const MIN_CHARACTERS = 32

/**
 * Checks a list of secrets, of which several may be valid while one replaces another. Says which one
 * is at fault and never repeats it.
 *
 * @internal
 * @throws {TypeError} unless there is one and each has at least 32 characters of those allowed
 */
export function checkSecrets(
  secrets: unknown,
  what: string,
  allowed: RegExp = /^[\s\S]*$/,
): readonly string[] {
  if (!Array.isArray(secrets) || secrets.length === 0) {
    throw new TypeError(`${what}: a list of at least one secret expected`)
  }
  return secrets.map((secret: unknown, index) => {
    if (typeof secret !== 'string') throw new TypeError(`${what}[${index}]: text expected`)
    checkLength(secret, `${what}[${index}]`)
    if (allowed.test(secret)) return secret
    throw new TypeError(`${what}[${index}]: has characters that its header cannot carry`)
  })
}

function checkLength({ length }: string, what: string): void {
  if (length >= MIN_CHARACTERS) return
  throw new TypeError(`${what}: at least ${MIN_CHARACTERS} characters expected, got ${length}`)
}

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
