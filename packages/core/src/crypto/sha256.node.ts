let digest: ((text: string) => string) | undefined

/** Returns the SHA-256 of a string with Node's own crypto, loaded late because signing does not need it. */
export function hexDigest(text: string): string {
  return (digest ??= loadDigest())(text)
}

function loadDigest(): (text: string) => string {
  const { createHash, hash } = process.getBuiltinModule('node:crypto')
  return typeof hash === 'function'
    ? (text) => hash('sha256', text, 'hex')
    : (text) => createHash('sha256').update(text).digest('hex')
}
