import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { type DecodedToken007, decodeToken } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'

import { askAt, SEAT } from './ask.ts'

// agora-rn-uikit needs a phone. What it asks for stands in its sources, which are what npm ships: the
// arguments of its calls of `fetch` are taken from there and put together as it does.
const SOURCES = dirname(createRequire(import.meta.url).resolve('agora-rn-uikit/package.json'))
const CALL = /\bfetch\(\s*((?:`[^`]*`|[^;`])+?),?\s*\)[;\n]/g

/** What its components know once they are in a call, by the options of docs/ui-kits.md. */
const KNOWN = {
  rtcProps: SEAT,
  rtmProps: { uid: String(SEAT.uid) },
  rtcUidRef: { current: SEAT.uid },
  tokenUrl: SEAT.tokenUrl,
  uid: SEAT.uid,
  UID: SEAT.uid,
}

function urlsIn(file: string, known: object = KNOWN): readonly string[] {
  const source = readFileSync(join(SOURCES, 'src', file), 'utf8')
  return [...source.matchAll(CALL)].map(([, argument = '']) => {
    // oxlint-disable-next-line typescript/no-implied-eval -- a text of a package that the lockfile pins
    const url: unknown = new Function(...Object.keys(known), `return ${argument}`)(
      ...Object.values(known),
    )
    return String(url)
  })
}

const JOIN = urlsIn('Rtc/Join.tsx')
const RENEW = urlsIn('Rtc/Create.tsx')
const MESSAGING = urlsIn('RtmConfigure.tsx')

describe('agora-rn-uikit', () => {
  it('asks at the paths that are replayed here, and at no other', () => {
    const { tokenUrl, channel, uid } = SEAT
    const call = `${tokenUrl}/rtc/${channel}/publisher/uid/${uid}`
    const messaging = `${tokenUrl}/rtm/${uid}`
    expect([JOIN, RENEW]).toEqual([[call], [call]])
    expect(MESSAGING).toEqual([messaging, messaging, `${messaging}/`])
  })

  it.each([...JOIN, ...RENEW])('gets a token for the call at %s', async (url) => {
    const { status, reply } = await askAt(url)
    expect([status, Object.keys(reply)]).toEqual([200, ['rtcToken']])
    const { services, expiresIn } = decodeToken(String(reply['rtcToken'])) as DecodedToken007
    expect(services).toMatchObject([
      { service: 'rtc', channel: SEAT.channel, user: String(SEAT.uid) },
    ])
    expect(expiresIn).toBe(3600)
  })

  it.each(MESSAGING)('gets a token for messaging at %s', async (url) => {
    const { status, reply } = await askAt(url)
    expect([status, Object.keys(reply)]).toEqual([200, ['rtmToken']])
    const { services } = decodeToken(String(reply['rtmToken'])) as DecodedToken007
    expect(services).toMatchObject([{ service: 'rtm', userId: String(SEAT.uid) }])
  })

  // Why docs/ui-kits.md says to give both.
  it.each([
    ['a uid', { ...KNOWN, UID: 0, uid: 0 }, 'identity_invalid'],
    ['a user of messaging', { ...KNOWN, rtmProps: {}, rtcUidRef: {} }, 'identity_forbidden'],
  ])('gets nothing without %s', async (_name, known, code) => {
    const urls = ['Rtc/Join.tsx', 'RtmConfigure.tsx'].flatMap((file) => urlsIn(file, known))
    const codes = await Promise.all(urls.map(async (url) => (await askAt(url)).reply['code']))
    expect(codes).toContain(code)
  })
})
