import { expect, it, onTestFinished } from 'vitest'
import type { MediaLink, MediaOffer } from './media-plane.ts'
import { loopbackMedia } from './loopback-media.ts'

// That packets of a real browser arrive here is for the end-to-end tests to show.

const OFFER: MediaOffer = { iceUfrag: 'abcd', icePwd: 'a'.repeat(24), fingerprints: [] }

async function openLink(): Promise<MediaLink> {
  const link = await loopbackMedia().open(OFFER, () => {})
  onTestFinished(() => link.close())
  return link
}

it('offers one UDP candidate on 127.0.0.1 and nothing else', async () => {
  const { parameters, rtpPackets } = await openLink()
  const { candidates } = parameters.iceParameters
  expect(candidates).toMatchObject([{ ip: '127.0.0.1', protocol: 'udp', type: 'host' }])
  expect(candidates[0]?.port).toBeGreaterThan(0)
  const fingerprint = expect.stringMatching(/^(\w\w:){31}\w\w$/)
  expect(parameters.dtlsParameters).toMatchObject({
    role: 'server',
    fingerprints: [{ algorithm: 'sha-256', fingerprint }],
  })
  expect(rtpPackets).toBe(0)
})

it('gives every client a port of its own', async () => {
  const [one, two] = await Promise.all([openLink(), openLink()])
  const port = ({ parameters }: MediaLink): number | undefined =>
    parameters.iceParameters.candidates[0]?.port
  expect(port(one)).not.toBe(port(two))
})
