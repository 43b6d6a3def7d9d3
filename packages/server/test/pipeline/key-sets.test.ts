import { type Authenticator, firstOf } from '../../src/auth/authenticator.ts'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { bearerJwt } from '../../src/auth/bearer-jwt.ts'
import { createTickets } from '../../src/auth/tickets.ts'
import type { TokenEvent } from '../../src/telemetry/token-event.ts'
import {
  AUDIENCE,
  IdentityProvider,
  ISSUER,
  type ProviderKey,
  providerKey,
} from '../support/identity-provider.ts'
import { testEndpoint, tokenRequest, type User } from '../support/token-endpoint.ts'

const COOLDOWN_MS = 30_000
const [old, next, stranger] = await Promise.all([
  providerKey('old'),
  providerKey('next'),
  providerKey('stranger'),
])
const [oldUnnamed, nextUnnamed] = await Promise.all([providerKey(), providerKey()])

let provider: IdentityProvider

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_795_288_141_000 })
  provider = await IdentityProvider.start()
  provider.publish(old)
})

afterEach(async () => {
  vi.useRealTimers()
  await provider.stop()
})

const later = (ms: number): unknown => vi.setSystemTime(Date.now() + ms)
const byKeySet = (jwksOptions = {}, jwksUrl = provider.jwksUrl): Authenticator<User> =>
  bearerJwt({ jwksUrl, jwksOptions, issuer: ISSUER, audience: AUDIENCE })

interface Answer {
  readonly status: number
  readonly retryAfter: number | undefined
  readonly reason: string | undefined
}

/** An endpoint that tells of each request what came back, and why. */
function endpoint(authenticate: Authenticator<User> = byKeySet()) {
  const events: TokenEvent[] = []
  const { handler, failures } = testEndpoint({
    authenticate,
    onEvent: (event) => void events.push(event),
    clock: Date.now,
  })
  const send = async (token: string | Promise<string>): Promise<Answer> => {
    const headers = { authorization: `Bearer ${await token}`, 'x-request-id': crypto.randomUUID() }
    const { status, headers: sent } = await handler.respond(tokenRequest(undefined, { headers }))
    const { 'retry-after': retryAfter, 'x-request-id': id } = sent
    const event = events.find((event) => 'requestId' in event && event.requestId === id)
    const reason = event?.type === 'auth.failed' ? event.reason : undefined
    return { status, retryAfter: retryAfter === undefined ? undefined : Number(retryAfter), reason }
  }
  return { send, failures, events }
}

const accepted = { status: 200, retryAfter: undefined, reason: undefined }
const notYet = (retryAfter: number): Answer => ({
  status: 503,
  retryAfter,
  reason: 'key_not_yet_known',
})
const refused = (reason: string): Answer => ({ status: 401, retryAfter: undefined, reason })

describe('a key set whose keys change', () => {
  it('is a 503 to those of the new key until it is asked again', async () => {
    const { send, failures, events } = endpoint()
    expect(await send(old.sign())).toEqual(accepted)
    provider.publish(old, next)
    expect(await send(next.sign())).toEqual(notYet(30))
    later(COOLDOWN_MS - 4001)
    expect(await send(next.sign())).toEqual(notYet(5))
    expect(await send(old.sign())).toEqual(accepted)
    later(4001)
    expect(await send(next.sign())).toEqual(accepted)
    expect(provider.asked).toBe(2)
    // Anyone can send a key that is not known: no reason to wake those who get the failures.
    expect(failures).toEqual([])
    expect(events.filter(({ type }) => type === 'policy.error')).toEqual([])
  })

  it('tells the caller as little as ever', async () => {
    const { handler } = testEndpoint({ authenticate: byKeySet(), clock: Date.now })
    const send = async (key: ProviderKey) => {
      const headers = { authorization: `Bearer ${await key.sign()}` }
      return JSON.parse(
        (await handler.respond(tokenRequest(undefined, { headers }))).body,
      ) as object
    }
    await send(old)
    const problem = await send(next)
    expect(problem).toMatchObject({ code: 'authenticator_unavailable', retryable: true })
    expect(problem).not.toHaveProperty('detail')
    expect(JSON.stringify(problem)).not.toMatch(/key_not_yet_known|127\.0\.0\.1/)
  })

  it('is a 503 to those of a key without a name, and asked again for them', async () => {
    provider.publish(oldUnnamed)
    const { send } = endpoint()
    expect(await send(oldUnnamed.sign())).toEqual(accepted)
    provider.publish(nextUnnamed)
    expect(await send(nextUnnamed.sign())).toEqual(notYet(30))
    later(COOLDOWN_MS)
    expect(await send(nextUnnamed.sign())).toEqual(accepted)
    expect(await send(oldUnnamed.sign())).toEqual(notYet(30))
    later(COOLDOWN_MS)
    expect(await send(oldUnnamed.sign())).toEqual(refused('wrong_signature'))
    expect(provider.asked).toBe(3)
  })

  it.each<[string, object, string]>([
    ['another issuer', { iss: 'https://other.example/' }, 'wrong_issuer'],
    ['another audience', { aud: 'x' }, 'wrong_audience'],
    ['no end', { exp: undefined }, 'end_missing'],
    ['an end that was', { exp: 1_795_288_000 }, 'expired'],
    ['a beginning that will be', { nbf: 1_795_289_000 }, 'not_yet_valid'],
  ])('keeps nobody waiting for the key of a JWT with %s', async (_what, claims, reason) => {
    const { send } = endpoint()
    await send(old.sign())
    expect(await send(next.sign(claims))).toEqual(refused(reason))
    expect(await send(nextUnnamed.sign(claims))).toEqual(refused(reason))
  })

  it('says 401 of a key that it does not have when it was asked for it', async () => {
    const { send } = endpoint()
    expect(await send(stranger.sign())).toEqual(refused('key_unknown'))
    later(COOLDOWN_MS)
    expect(await send(stranger.sign())).toEqual(refused('key_unknown'))
    expect(provider.asked).toBe(2)
  })

  it('does not take the answer to an earlier caller for one to a later', async () => {
    const { send } = endpoint()
    const waiting: ServerResponse[] = []
    provider.answer = (_request, response) => void waiting.push(response)
    const first = send(stranger.sign())
    await expect.poll(() => waiting.length).toBe(1)
    const second = send(next.sign())
    await new Promise(setImmediate)
    waiting[0]!.end(JSON.stringify({ keys: [old.jwk] }))
    expect(await first).toEqual(refused('key_unknown'))
    expect(await second).toEqual(notYet(30))
  })

  it('does not keep the second authenticator from its own', async () => {
    const other = await IdentityProvider.start()
    other.publish(next)
    const { send } = endpoint(firstOf(byKeySet(), byKeySet({}, other.jwksUrl)))
    expect(await send(old.sign())).toEqual(accepted)
    expect(await send(next.sign())).toEqual(accepted)
    expect(await send(stranger.sign())).toEqual(notYet(30))
    await other.stop()
  })

  it('is heard when the others know nothing', async () => {
    const tickets = createTickets<User>({ secrets: ['secret-0123456789-0123456789-0123'] })
    const { send } = endpoint(firstOf(byKeySet(), tickets.authenticate))
    await send(old.sign())
    expect(await send(next.sign())).toEqual(notYet(30))
  })
})

describe('a key set under forged JWTs', () => {
  it('goes on for those of a key that it knows, and is asked twice a minute', async () => {
    const { send } = endpoint()
    for (let second = 0; second < 60; second++) {
      const forged = { kid: `forged-${second}` }
      expect([401, 503]).toContain((await send(stranger.sign({}, forged))).status)
      expect([401, 503]).toContain((await send(stranger.sign({}, { kid: undefined }))).status)
      expect(await send(stranger.sign({}, { kid: 'old' }))).toEqual(refused('wrong_signature'))
      expect(await send(old.sign())).toEqual(accepted)
      later(1000)
    }
    expect(provider.asked).toBe(2)
  })

  it('learns of a new key also from a forged request', async () => {
    const { send } = endpoint()
    await send(stranger.sign())
    provider.publish(old, next)
    later(COOLDOWN_MS)
    await send(stranger.sign())
    expect(await send(next.sign())).toEqual(accepted)
  })

  it.each<[string, object]>([
    ['of another kind', { alg: 'ES256' }],
    ['that is a number', { kid: 7 }],
    ['that is an object', { kid: { a: 1 } }],
    ['of a prototype', { kid: '__proto__' }],
    ['of ten thousand letters', { kid: 'x'.repeat(10_000) }],
  ])('waits for no key %s for longer than for others', async (_what, header) => {
    const { send, failures } = endpoint()
    await send(old.sign())
    const [head, ...rest] = (await old.sign()).split('.')
    const json = JSON.parse(atob(head!)) as object
    const forged = [btoa(JSON.stringify({ ...json, ...header })).replaceAll('=', ''), ...rest]
    expect(await send(forged.join('.'))).toEqual(notYet(30))
    later(COOLDOWN_MS)
    expect(await send(forged.join('.'))).toEqual(refused('key_unknown'))
    expect(failures).toEqual([])
  })
})

const unavailable = { status: 503, retryAfter: 1, reason: undefined }
const manyKeys = (count: number): string =>
  JSON.stringify({ keys: Array.from({ length: count }, () => old.jwk) })

/** Answers that are no key set, each from a provider that had a good one before. */
const FLIPS: Readonly<Record<string, () => void>> = {
  'another status': () => {
    provider.answer = (_request, response) => void response.writeHead(503).end(manyKeys(1))
  },
  HTML: () => provider.send('<html>'),
  nothing: () => provider.send(''),
  'another document': () => provider.send('{"issuer":"https://id.example/"}'),
  'a list': () => provider.send(JSON.stringify([old.jwk])),
  'keys that are no list': () => provider.send('{"keys":{"length":1}}'),
  'keys that are no objects': () => provider.send('{"keys":["old"]}'),
  'no keys': () => provider.send('{"keys":[]}'),
  'more keys than any provider has': () => provider.send(manyKeys(65)),
  'a key set between blanks': () => provider.send(manyKeys(1) + ' '.repeat(512 * 1024)),
  'a key set that unpacks to more than any': () =>
    provider.send(gzipSync(manyKeys(1) + ' '.repeat(1e8)), { 'content-encoding': 'gzip' }),
  'a body that breaks off': () => {
    provider.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '9999' })
      response.write(manyKeys(1), () => response.destroy())
    }
  },
  'a body that never ends': () => {
    provider.answer = (_request, response) => void response.writeHead(200).write('{"keys":[')
  },
  'no answer': () => {
    provider.answer = () => undefined
  },
}

describe('a provider that answers with something else', () => {
  it.each(Object.entries(FLIPS))('is unavailable with %s', async (_what, flip) => {
    const { send, failures } = endpoint(byKeySet({ timeoutDuration: 500 }))
    flip()
    expect(await send(old.sign())).toEqual(unavailable)
    expect(failures).toMatchObject([{ error: { name: 'AuthenticatorUnavailable' } }])
    provider.publish(old)
    expect(await send(old.sign())).toEqual(accepted)
  })

  it.each(Object.entries(FLIPS))('leaves the keys that are known with %s', async (_what, flip) => {
    const { send } = endpoint(byKeySet({ timeoutDuration: 500 }))
    await send(old.sign())
    flip()
    later(COOLDOWN_MS)
    expect(await send(next.sign())).toEqual(unavailable)
    expect(await send(old.sign())).toEqual(accepted)
    expect(await send(stranger.sign({}, { kid: 'old' }))).toEqual(refused('wrong_signature'))
  })

  it('takes as many keys as any provider has', async () => {
    provider.send(
      JSON.stringify({ keys: [...Array.from({ length: 63 }, () => next.jwk), old.jwk] }),
    )
    expect(await endpoint().send(old.sign())).toEqual(accepted)
  })

  it('is not read on when it has sent more than any key set', async () => {
    let written = 0
    const closed = new Promise<void>((resolve) => {
      provider.answer = (request, response) => {
        response.writeHead(200)
        const chunk = Buffer.alloc(16_384, ' ')
        const write = (): void => {
          while (response.writable && response.write(chunk)) written += chunk.length
          written += chunk.length
        }
        response.on('drain', write)
        request.socket.on('close', () => resolve())
        write()
      }
    })
    expect(await endpoint().send(old.sign())).toEqual(unavailable)
    await closed
    expect(written).toBeLessThan(16 * 1024 * 1024)
  })

  it.each([301, 302, 303, 307, 308])('is not followed elsewhere by %d', async (status) => {
    const elsewhere = await IdentityProvider.start()
    elsewhere.publish(stranger)
    provider.answer = (_request, response) =>
      void response.writeHead(status, { location: elsewhere.jwksUrl }).end()
    expect(await endpoint().send(stranger.sign())).toEqual(unavailable)
    expect(elsewhere.asked).toBe(0)
    await elsewhere.stop()
  })

  it('is asked once a second while it fails, however many ask for its keys', async () => {
    const { send } = endpoint()
    FLIPS['another status']!()
    for (let second = 0; second < 5; second++) {
      for (let count = 0; count < 20; count++) expect(await send(old.sign())).toEqual(unavailable)
      later(1000)
    }
    expect(provider.asked).toBe(6)
    provider.publish(old)
    expect(await send(old.sign())).toEqual(accepted)
  })
})
