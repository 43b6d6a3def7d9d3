let digest: ((text: string) => string) | undefined

/** SHA-256 of a text over Node's own crypto, which a start need not wait for: signing does without it. */
export function hexDigest(text: string): string {
  return (digest ??= loadDigest())(text)
}

function loadDigest(): (text: string) => string {
  const { createHash, hash } = process.getBuiltinModule('node:crypto')
  return typeof hash === 'function'
    ? (text) => hash('sha256', text, 'hex')
    : (text) => createHash('sha256').update(text).digest('hex')
}
