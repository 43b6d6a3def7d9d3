import { describe, expect, it } from 'vitest'

import { sharedSecret, type SharedSecretOptions } from './shared-secret.ts'

const OLD = 'old-secret-0123456789-0123456789'
const NEW = 'new-secret-0123456789-0123456789-and-longer'
const BACKEND = { id: 'backend' }
const CONTEXT = { signal: new AbortController().signal }

function ask(
  headers: [string, string][],
  options: Partial<SharedSecretOptions<object>> = {},
): unknown {
  const authenticate = sharedSecret({ secrets: [NEW, OLD], subject: BACKEND, ...options })
  return authenticate(new Request('http://localhost/', { headers }), CONTEXT)
}

describe('sharedSecret', () => {
  it.each([[NEW], [OLD]])('knows who sends one of the secrets', (secret) => {
    expect(ask([['authorization', `Bearer ${secret}`]])).toBe(BACKEND)
    expect(ask([['X-Internal', secret]], { header: 'x-internal' })).toBe(BACKEND)
  })

  it.each([
    ['nothing', []],
    ['another secret', [['authorization', `Bearer ${OLD.toUpperCase()}`]]],
    ['a shorter one', [['authorization', `Bearer ${OLD.slice(0, -1)}`]]],
    ['a longer one', [['authorization', `Bearer ${OLD}0`]]],
    ['one letter', [['authorization', 'Bearer x']]],
    ['64 kB', [['authorization', `Bearer ${'x'.repeat(65_536)}`]]],
    ['another scheme', [['authorization', `Basic ${OLD}`]]],
    ['no scheme', [['authorization', OLD]]],
    ['another header', [['x-internal', OLD]]],
    [
      'both secrets',
      [
        ['authorization', `Bearer ${OLD}`],
        ['authorization', `Bearer ${NEW}`],
      ],
    ],
    [
      'it twice',
      [
        ['authorization', `Bearer ${OLD}`],
        ['authorization', `Bearer ${OLD}`],
      ],
    ],
  ] as [string, [string, string][]][])('does not know who sends %s', (_what, headers) => {
    expect(ask(headers)).toBeNull()
  })

  it.each([
    ['nothing', []],
    [
      'it twice',
      [
        ['x-internal', OLD],
        ['x-internal', OLD],
      ],
    ],
    ['it empty', [['x-internal', '']]],
    ['it in the authorization header', [['authorization', `Bearer ${OLD}`]]],
  ] as [string, [string, string][]][])(
    'does not know who sends %s by a header of its own',
    (_what, headers) => {
      expect(ask(headers, { header: 'x-internal' })).toBeNull()
    },
  )

  it.each([
    [{ secrets: undefined }, 'sharedSecret secrets: a list of at least one secret expected'],
    [{ secrets: [] }, 'sharedSecret secrets: a list of at least one secret expected'],
    [{ secrets: OLD }, 'sharedSecret secrets: a list of at least one secret expected'],
    [{ secrets: [OLD, undefined] }, 'sharedSecret secrets[1]: string expected'],
    [
      { secrets: [OLD.slice(1)] },
      'sharedSecret secrets[0]: at least 32 characters expected, got 31',
    ],
    [
      { secrets: [`${OLD} `] },
      'sharedSecret secrets[0]: has characters that its header cannot carry',
    ],
    [
      { secrets: [`${OLD},`], header: 'x-a' },
      'sharedSecret secrets[0]: has characters that its header cannot carry',
    ],
    [{ subject: undefined }, 'sharedSecret subject: an object or a string expected'],
    [{ header: 'x internal' }, 'sharedSecret header: header name expected'],
    [{ secret: OLD }, 'sharedSecret options: only secrets, subject, header expected, got secret'],
  ])('stops the start at %o', (spoilt, message) => {
    const options = { secrets: [OLD], subject: BACKEND, ...spoilt } as SharedSecretOptions<object>
    expect(() => sharedSecret(options)).toThrow(new TypeError(message))
  })
})
