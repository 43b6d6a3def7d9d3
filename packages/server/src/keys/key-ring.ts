/** A certificate with a name for it that may be shown. */
export interface Key {
  /**
   * The first 8 hexadecimal digits of the SHA-256 of the certificate; safe to log, and what the audit
   * log names keys by.
   */
  readonly id: string
  /** The App Certificate. Not enumerable: printing, copying or serialising a key leaves it behind. */
  readonly certificate: string
}

/**
 * Signs with one certificate while it verifies with several, which is what a rotation without an
 * outage needs. Both answers are immediate where the source of the keys allows it.
 */
export interface KeyRing {
  /** The key that signs new tokens. */
  signer(): Key | Promise<Key>
  /** Every key that a token in use may be signed with; the signer comes first. */
  verifiers(): readonly Key[] | Promise<readonly Key[]>
}
