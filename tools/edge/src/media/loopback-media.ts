import {
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
} from 'werift'
import type { MediaLink, MediaOffer, MediaPlane, TransportParameters } from './media-plane.ts'

const LOOPBACK = '127.0.0.1'

/** What browsers offer, by the numbers of RFC 5764 and RFC 7714: GCM first, then the older one. */
const SRTP_PROFILES: (1 | 7)[] = [7, 1]

/**
 * Receives what clients publish: one UDP port on 127.0.0.1 for each, with ICE and DTLS by werift.
 * Packets are decrypted and counted, and go no further.
 */
export function loopbackMedia(): MediaPlane {
  return { open: openLink }
}

async function openLink(offer: MediaOffer, onFirstRtp: () => void): Promise<MediaLink> {
  const ice = createIceTransport()
  await ice.gather()
  const certificate = await RTCDtlsTransport.SetupCertificate()
  const dtls = new RTCDtlsTransport({}, ice, certificate, SRTP_PROFILES)
  // By itself werift would play the client here, and so does the browser: neither would answer.
  dtls.role = 'server'
  let rtpPackets = 0
  dtls.onRtp.subscribe(() => {
    rtpPackets += 1
    if (rtpPackets === 1) onFirstRtp()
  })
  void connect(ice, dtls, offer)
  return {
    parameters: parametersOf(ice, dtls),
    get rtpPackets() {
      return rtpPackets
    },
    close: () => void Promise.allSettled([dtls.stop(), ice.stop()]),
  }
}

// Without these settings werift would ask a STUN server of the outside world for its address.
function createIceTransport(): RTCIceTransport {
  const gatherer = new RTCIceGatherer({
    iceLite: true,
    useIpv4: false,
    useIpv6: false,
    useTcp: false,
    additionalHostAddresses: [LOOPBACK],
    interfaceAddresses: { udp4: LOOPBACK },
    stunServer: [LOOPBACK, 9],
  })
  return new RTCIceTransport(gatherer)
}

// A client that never publishes never connects either, and closing ends the attempt: no error.
async function connect(
  ice: RTCIceTransport,
  dtls: RTCDtlsTransport,
  { iceUfrag, icePwd, fingerprints }: MediaOffer,
): Promise<void> {
  const remote = fingerprints.map(
    ({ algorithm, fingerprint }) => new RTCDtlsFingerprint(algorithm, fingerprint),
  )
  try {
    ice.setRemoteParams(new RTCIceParameters({ usernameFragment: iceUfrag, password: icePwd }))
    dtls.setRemoteParams(new RTCDtlsParameters(remote, 'client'))
    await ice.start()
    await dtls.start()
  } catch {
    return
  }
}

function parametersOf(ice: RTCIceTransport, dtls: RTCDtlsTransport): TransportParameters {
  const { usernameFragment, password } = ice.localParameters
  const candidates = ice.localCandidates.map(
    ({ foundation, priority, ip, port }) =>
      ({ foundation, priority, ip, port, protocol: 'udp', type: 'host' }) as const,
  )
  const fingerprints = dtls.localParameters.fingerprints.map(({ algorithm, value }) => ({
    algorithm,
    fingerprint: value,
  }))
  return {
    iceParameters: { iceUfrag: usernameFragment, icePwd: password, candidates },
    dtlsParameters: { role: 'server', fingerprints },
  }
}
