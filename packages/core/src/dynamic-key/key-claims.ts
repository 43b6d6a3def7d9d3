/** What every dynamic key says or is signed for. @internal */
export interface KeyClaims {
  readonly appId: string
  readonly channel: string
  /** Unix seconds. */
  readonly issuedAt: number
  readonly salt: number
}

/** What keys with a user and an end say or are signed for. @internal */
export interface UserKeyClaims extends KeyClaims {
  /** 0 when the uid is not checked. */
  readonly uid: number
  /** Unix seconds; 0 when the key has no end of its own. */
  readonly expiresAt: number
}
