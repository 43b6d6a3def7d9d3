import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../wire/byte-writer.ts'
import { createToken } from './create-token.ts'
import { decodeToken } from './decode-token.ts'
import type { DecodedToken007 } from '../version-007/decoded-token-007.ts'
import { rtc } from '../service/rtc.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const services = [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })]
const token = createToken({ appId, appCertificate, ttl: 600, services })

/** A 007 token whose content after the signature is written by hand. */
function handmade(write: (writer: ByteWriter) => void, signature = new Uint8Array(32)): string {
  const writer = new ByteWriter().bytes(signature, 'signature').text(appId, 'App ID')
  writer.u32(1_700_000_000, 'issue').u32(90_000, 'ttl').u32(1, 'salt')
  write(writer)
  return `007${deflateSync(writer.written()).toString('base64')}`
}

describe('decodeToken', () => {
  it('keeps an unknown service and what follows it as bytes', () => {
    const unknown = handmade((writer) => writer.u16(2, '').u16(999, '').u16(0, '').u16(7, ''))
    expect(decodeToken(unknown)).toMatchObject({
      services: [{ service: 'unknown', type: 999, count: 2, bytes: Uint8Array.of(0, 0, 7, 0) }],
    })
  })

  it('gives bytes that share no memory with anything else', () => {
    const unknown = handmade((writer) => writer.u16(1, '').u16(999, '').u16(0, ''))
    const {
      services: [first],
    } = decodeToken(unknown) as DecodedToken007
    expect(first?.service === 'unknown' && first.bytes.buffer.byteLength).toBe(2)
  })

  it('keeps privileges that have no name by their number', () => {
    const rtcService = (writer: ByteWriter) =>
      writer.u16(1, '').u16(1, '').u16(1, '').u16(77, '').u32(5, '').text('c', '').text('u', '')
    expect(decodeToken(handmade(rtcService))).toMatchObject({
      services: [{ service: 'rtc', channel: 'c', user: 'u', privileges: { 77: 5 } }],
    })
  })

  it('ends every token after 24 hours, and a privilege of 0 with the token', () => {
    const rtcService = (writer: ByteWriter) =>
      writer.u16(1, '').u16(1, '').u16(1, '').u16(1, '').u32(0, '').text('c', '').text('u', '')
    expect(decodeToken(handmade(rtcService))).toMatchObject({
      expiresIn: 90_000,
      expiresAt: 1_700_086_400,
    })
  })

  it.each<[string, string, unknown]>([
    ['TOKEN_MALFORMED', 'nothing', ''],
    ['TOKEN_MALFORMED', 'no text', undefined],
    ['TOKEN_MALFORMED', 'an App ID', appId],
    ['TOKEN_MALFORMED', 'a quoted token', `"${token}"`],
    ['TOKEN_MALFORMED', 'a token with a line break', `${token}\n`],
    ['TOKEN_MALFORMED', 'a truncated token', token.slice(0, -5)],
    ['TOKEN_MALFORMED', 'a version and nothing else', '007'],
    ['TOKEN_MALFORMED', 'a 006 version and an App ID', `006${appId}`],
    ['TOKEN_MALFORMED', 'content that is not compressed', '007QUJDREVGRw=='],
    [
      'TOKEN_MALFORMED',
      'bytes after the services',
      handmade((writer) => writer.u16(0, '').u16(0, '')),
    ],
    ['TOKEN_MALFORMED', 'a short signature', handmade((w) => w.u16(0, ''), new Uint8Array(31))],
    [
      'TOKEN_MALFORMED',
      'a privilege that comes twice',
      handmade((w) =>
        w.u16(1, '').u16(1, '').u16(2, '').u16(1, '').u32(1, '').u16(1, '').u32(2, ''),
      ),
    ],
    [
      'TOKEN_MALFORMED',
      'a channel that is no UTF-8',
      handmade((w) =>
        w.u16(1, '').u16(1, '').u16(0, '').bytes(Uint8Array.of(0xff), '').text('', ''),
      ),
    ],
    ['TOKEN_VERSION_UNSUPPORTED', 'a 005 token', '005AQAoAEJERTJD'],
    ['TOKEN_TOO_LARGE', 'a long text', `007${'A'.repeat(131_072)}`],
    [
      'TOKEN_TOO_LARGE',
      'a zlib bomb',
      `007${deflateSync(new Uint8Array(1 << 24)).toString('base64')}`,
    ],
  ])('refuses with %s: %s', (code, _, text) => {
    expect(() => decodeToken(text as string)).toThrow(
      expect.objectContaining({ name: 'TokenError', code }),
    )
  })

  it('never repeats the token in an error', () => {
    const broken = token.slice(0, -5)
    const error = attempt(() => decodeToken(broken))
    expect(error).toBeInstanceOf(Error)
    expect(String((error as Error).stack)).not.toContain(broken.slice(3, 20))
  })
})

function attempt(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}
