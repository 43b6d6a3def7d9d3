const MIN_CHARACTERS = 32

/**
 * Checks a list of secrets. The error gives the index of the invalid secret and never repeats it.
 *
 * @internal
 * @throws {TypeError} when the list is empty, or a secret has fewer than 32 characters or one that is not allowed
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
    if (typeof secret !== 'string') throw new TypeError(`${what}[${index}]: string expected`)
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
