/** What a client says in `join_v3` about its end of the media transport. */
export interface MediaOffer {
  readonly iceUfrag: string
  readonly icePwd: string
  readonly fingerprints: readonly MediaFingerprint[]
}

/** The fingerprint of a DTLS certificate, such as `sha-256` and pairs of hex digits with colons. */
export interface MediaFingerprint {
  readonly algorithm: string
  readonly fingerprint: string
}

/** The edge's end, in the form of the join reply's `ortc`. */
export interface TransportParameters {
  readonly iceParameters: {
    readonly iceUfrag: string
    readonly icePwd: string
    readonly candidates: readonly MediaCandidate[]
  }
  readonly dtlsParameters: {
    readonly role: 'server'
    readonly fingerprints: readonly MediaFingerprint[]
  }
}

/** Where the client's media is to go. */
interface MediaCandidate {
  readonly foundation: string
  readonly protocol: 'udp'
  readonly priority: number
  readonly ip: string
  readonly port: number
  readonly type: 'host'
}

/** One client's media transport. */
export interface MediaLink {
  readonly parameters: TransportParameters
  /** RTP packets that arrived and decrypted. */
  readonly rtpPackets: number
  close(): void
}

/** Where published media goes. */
export interface MediaPlane {
  /** Opens a transport for one client; `onFirstRtp` is called when media arrives. */
  open(offer: MediaOffer, onFirstRtp: () => void): Promise<MediaLink>
}
