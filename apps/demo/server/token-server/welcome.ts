/** What the page is told when it is opened. */
export interface Welcome {
  readonly appId: string
  readonly channel: string
  /** Whether Agora's cloud judges the tokens; else the stand-in on this machine does. */
  readonly isCloud: boolean
  /** Length of life of the tokens. */
  readonly ttlSeconds: number
  /** The guest's, shown to the token endpoint as `Authorization: Bearer`. */
  readonly pass: string
  readonly uid: number
}
