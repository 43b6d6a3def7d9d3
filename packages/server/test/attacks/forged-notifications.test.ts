import { describe, expect, it } from 'vitest'

import {
  bodyOf,
  hmac,
  LEFT,
  NOW_MS,
  post,
  SECRET,
  setUp,
  signed,
} from '../support/agora-notifications.ts'

describe('the endpoint of notifications refuses', () => {
  const body = bodyOf()
  const old = bodyOf({ notifyMs: NOW_MS - 301_000 })
  const early = bodyOf({ notifyMs: NOW_MS + 301_000 })
  const spaced = JSON.stringify(LEFT, null, 1)
  const large = bodyOf({ payload: { text: 'x'.repeat(65_536) } })
  it.each<[string, Request, number, string]>([
    ['one without a signature', post(body, {}), 401, 'signature_invalid'],
    ['a forged one', post(body, signed(body, 'guess')), 401, 'signature_invalid'],
    [
      'one with another body',
      post(bodyOf({ eventType: 103 }), signed(body)),
      401,
      'signature_invalid',
    ],
    ['one that was serialised anew', post(spaced, signed(body)), 401, 'signature_invalid'],
    [
      'half a signature',
      post(body, { 'agora-signature-v2': hmac(body).slice(32) }),
      401,
      'signature_invalid',
    ],
    [
      'the digest of SHA-1 as V2',
      post(body, { 'agora-signature-v2': hmac(body, SECRET, 'sha1') }),
      401,
      'signature_invalid',
    ],
    ['a replayed one', post(old), 401, 'notification_stale'],
    ['one from the future', post(early), 401, 'notification_stale'],
    ['an oversized one', post(large), 413, 'body_too_large'],
    ['signed text that is not JSON', post('{'), 400, 'notification_malformed'],
    ['signed JSON of another form', post('[]'), 400, 'notification_malformed'],
    [
      'an id without end',
      post(bodyOf({ noticeId: 'x'.repeat(257) })),
      400,
      'notification_malformed',
    ],
    ['a GET', new Request('http://localhost/'), 405, 'method_not_allowed'],
  ])('%s', async (_name, request, status, code) => {
    const { handler, events, errors, refusals } = setUp()
    const response = await handler.fetch(request)
    expect([response.status, await response.json()]).toEqual([status, { code }])
    expect([events, errors]).toEqual([[], []])
    expect(refusals).toEqual([expect.objectContaining({ code })])
    expect(JSON.stringify(refusals) + String(refusals[0])).not.toContain('room-42')
  })

  it('a body that a parser has consumed, and says what to do', async () => {
    const { handler, errors } = setUp()
    const response = await handler.fetch(post(body), { parsedBody: LEFT })
    expect([response.status, await response.json()]).toEqual([500, { code: 'body_parsed' }])
    expect(String(errors[0])).toContain('before express.json()')
  })
})

it('gives the hook nothing for a genuine notification that is sent again within the window', async () => {
  const { handler, events } = setUp()
  expect((await handler.fetch(post(bodyOf()))).status).toBe(200)
  expect((await handler.fetch(post(bodyOf()))).status).toBe(200)
  expect(events).toHaveLength(1)
})
