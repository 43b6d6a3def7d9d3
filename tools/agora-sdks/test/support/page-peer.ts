/** As much of a track as is of importance for an offer. */
interface Track {
  readonly kind: string
}

/** An `RTCRtpTransceiver` that sends and receives nothing. */
export class PageTransceiver {
  mid: string | null = null
  direction: string
  readonly kind: string
  readonly sender: { readonly track: Track | null }
  readonly receiver: { readonly track: Track }

  constructor(what: Track | string, direction: string) {
    this.direction = direction
    this.kind = typeof what === 'string' ? what : what.kind
    this.sender = { track: typeof what === 'string' ? null : what }
    this.receiver = { track: { kind: this.kind } }
  }

  // By this the SDK tells a browser of today.
  get currentDirection(): string {
    return this.direction
  }
}

/** An `RTCPeerConnection` that makes offers and never connects. */
export class PagePeer extends EventTarget {
  connectionState = 'new'
  iceConnectionState = 'new'
  localDescription: object | null = null
  onicecandidate: ((event: object) => void) | null = null
  #transceivers: readonly PageTransceiver[] = []

  addTransceiver(what: Track | string, { direction = 'sendrecv' } = {}): PageTransceiver {
    const transceiver = new PageTransceiver(what, direction)
    this.#transceivers = [...this.#transceivers, transceiver]
    return transceiver
  }

  // In which 3.x still publishes.
  addStream(stream: { getTracks(): readonly Track[] }): void {
    for (const track of stream.getTracks()) this.addTransceiver(track, { direction: 'sendonly' })
  }

  // Never called; without it 4.x mends the browser in ways for old ones.
  addTrack(): void {}

  getTransceivers(): readonly PageTransceiver[] {
    return this.#transceivers
  }

  getSenders(): readonly object[] {
    return this.#transceivers.map(({ sender }) => sender)
  }

  getReceivers(): readonly object[] {
    return this.#transceivers.map(({ receiver }) => receiver)
  }

  async createOffer(): Promise<object> {
    return { type: 'offer', sdp: offerOf(this.#transceivers) }
  }

  async setLocalDescription(description: object): Promise<void> {
    this.localDescription = description
    this.#transceivers.forEach((transceiver, index) => (transceiver.mid = String(index)))
    this.onicecandidate?.({ candidate: null })
  }

  async setRemoteDescription(): Promise<void> {}

  async getStats(): Promise<object> {
    return new Map()
  }

  close(): void {
    this.connectionState = 'closed'
  }
}

const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':')
/** Payload type and codec of each kind of media. */
const CODECS: Readonly<Record<string, readonly [number, string]>> = {
  audio: [111, 'opus/48000/2'],
  video: [96, 'VP8/90000'],
}

function offerOf(transceivers: readonly PageTransceiver[]): string {
  const bundle = transceivers.map((_, index) => index).join(' ')
  const head = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${bundle}`]
  return [...head, ...transceivers.flatMap(mediaLines), ''].join('\r\n')
}

function mediaLines({ kind, direction, sender }: PageTransceiver, index: number): string[] {
  const [payload = 0, codec = ''] = CODECS[kind] ?? []
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${payload}`,
    'c=IN IP4 0.0.0.0',
    'a=candidate:1 1 udp 2122260223 127.0.0.1 9 typ host generation 0',
    'a=ice-ufrag:page',
    'a=ice-pwd:leadsNowhereAtAll0000000',
    `a=fingerprint:sha-256 ${FINGERPRINT}`,
    'a=setup:actpass',
    `a=mid:${index}`,
    `a=${direction}`,
    'a=rtcp-mux',
    `a=rtpmap:${payload} ${codec}`,
    ...(sender.track ? [`a=ssrc:${1000 + index} cname:page`] : []),
  ]
}
