import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createToken, explainToken, type FindingCode, rtc } from '../src/index.ts'
import { encode006 } from '../src/version-006/encode-006.ts'

// What stands around a whole token is named and taken away, and the token inside is explained.

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const issuedAt = 1_790_000_000
const member = { channel: 'room-42', uid: 1234, role: 'publisher' } as const
const good = { appId, channel: 'room-42', uid: 1234, now: issuedAt + 10 }

function mint(version: '006' | '007', salt: number): string {
  const services = [rtc(member)]
  return createToken({ version, appId, appCertificate, ttl: 600, issuedAt, salt, services })
}

/** One with `+` and `/` in it, which is what is lost on the way. */
const salted = (version: '006' | '007') =>
  Array.from({ length: 200 }, (_, salt) => mint(version, salt)).find((token) =>
    /\+.*\/|\/.*\+/.test(token),
  )!
const TOKENS = { '006': salted('006'), '007': salted('007') } as const

function codes(text: string): FindingCode[] {
  const { findings } = explainToken(text, good)
  return findings.map(({ code }) => code).filter((code) => code !== 'OLD_VERSION')
}

const words = (text: string) =>
  explainToken(text, good)
    .findings.map(({ message }) => message)
    .join('\n')

type Row = readonly [
  what: string,
  wrap: (token: string) => string,
  codes: readonly FindingCode[],
  words?: RegExp,
]

const complete = ([what, wrap, expected, said = /./]: Row) => [what, wrap, expected, said] as const

const escaped = (token: string) => token.replaceAll('/', String.raw`\/`)
const ROWS: readonly Row[] = [
  ['the header of REST calls', (it) => `agora token=${it}`, ['TEXT_REST_HEADER'], /agora token=/],
  ['the same in quotation marks', (it) => `agora token="${it}"`, ['TEXT_REST_HEADER']],
  ['the same with its name', (it) => `Authorization: agora token=${it}`, ['TEXT_REST_HEADER']],
  ['a header', (it) => `Authorization: ${it}`, ['TEXT_AROUND'], /"Authorization"/],
  ['a header with Bearer', (it) => `Authorization: Bearer ${it}`, ['TEXT_BEARER'], /Bearer/],
  ['Bearer', (it) => `bearer ${it}`, ['TEXT_BEARER']],
  ['a name', (it) => `token=${it}`, ['TEXT_AROUND'], /a name \("token="\)/],
  ['a name and a colon', (it) => `Token: ${it}`, ['TEXT_AROUND'], /a name/],
  ['a variable', (it) => `AGORA_TOKEN=${it}\n`, ['TEXT_SPACES', 'TEXT_AROUND']],
  ['a URL', (it) => `https://example.com/join?token=${it}&uid=1234#top`, ['TEXT_URL'], /a URL/],
  ['a path', (it) => `https://example.com/join/${it}`, ['TEXT_URL']],
  ['a deep link', (it) => `myapp://join?token=${it}`, ['TEXT_URL']],
  ['a query', (it) => `?channel=room-42&token=${it}`, ['TEXT_URL', 'TEXT_AROUND']],
  ['the rest of a query', (it) => `${it}&uid=1234`, ['TEXT_URL']],
  ['what a shell prints', (it) => `${it}%`, ['TEXT_AROUND'], /a %, as a shell/],
  ['a comma', (it) => `${it},`, ['TEXT_AROUND'], /punctuation/],
  ['a semicolon', (it) => `${it};`, ['TEXT_AROUND'], /punctuation/],
  ['a bracket', (it) => `${it})`, ['TEXT_AROUND'], /punctuation/],
  ['brackets', (it) => `(${it})`, ['TEXT_AROUND'], /punctuation/],
  ['a full stop', (it) => `${it}.`, ['TEXT_AROUND'], /punctuation/],
  ['quotation marks', (it) => `"${it}"`, ['TEXT_QUOTED']],
  ['one quotation mark', (it) => `${it}"`, ['TEXT_QUOTED']],
  ['single ones', (it) => `'${it}'`, ['TEXT_QUOTED']],
  ['backticks', (it) => `\`${it}\``, ['TEXT_QUOTED']],
  ['those of word processors', (it) => `“${it}”`, ['TEXT_QUOTED']],
  ['single ones of these', (it) => `‘${it}’`, ['TEXT_QUOTED']],
  ['German ones', (it) => `„${it}“`, ['TEXT_QUOTED']],
  ['French ones', (it) => `«${it}»`, ['TEXT_QUOTED']],
  ['Japanese ones', (it) => `「${it}」`, ['TEXT_QUOTED']],
  ['escaped ones', (it) => String.raw`\"${it}\"`, ['TEXT_QUOTED']],
  ['quotation marks and a comma', (it) => `"${it}",`, ['TEXT_AROUND', 'TEXT_QUOTED']],
  [
    'an assignment',
    (it) => `const token = "${it}";`,
    ['TEXT_AROUND', 'TEXT_SPACES', 'TEXT_QUOTED'],
  ],
  ['bytes of Python', (it) => `b'${it}'`, ['TEXT_AROUND'], /b'…', as Python/],
  ['bytes of Python, the other way', (it) => `b"${it}"`, ['TEXT_AROUND'], /Python/],
  ['escaped slashes', escaped, ['TEXT_ESCAPED'], /escaped for JSON or HTML/],
  [
    'JSON with escaped slashes',
    (it) => `{"token":"${escaped(it)}"}`,
    ['TEXT_JSON', 'TEXT_ESCAPED'],
  ],
  ['JSON', (it) => JSON.stringify({ uid: 1, token: it, ttl: 5 }), ['TEXT_JSON']],
  ['JSON in JSON', (it) => JSON.stringify(JSON.stringify({ token: it })), ['TEXT_JSON']],
  ['an array', (it) => JSON.stringify([it]), ['TEXT_JSON']],
  ['what console.log prints', (it) => `{ token: '${it}', uid: 1234 }`, ['TEXT_JSON']],
  ['an element', (it) => `<b>${it}</b>`, ['TEXT_HTML'], /HTML/],
  ['an attribute', (it) => `<input value="${it}">`, ['TEXT_HTML']],
  [
    'a page',
    (it) => `<html><body>\n<p>Token: ${it}</p>\n</body></html>`,
    ['TEXT_AROUND', 'TEXT_SPACES', 'TEXT_HTML'],
  ],
  ['entities', (it) => `&quot;${it}&quot;`, ['TEXT_HTML']],
  [
    'entities inside',
    (it) => it.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;'),
    ['TEXT_ESCAPED'],
  ],
  [
    'JSON as Gson writes it',
    (it) => it.replaceAll('=', String.raw`\u003d`).replaceAll('/', String.raw`\u002F`),
    ['TEXT_ESCAPED'],
  ],
  [
    'entities by name inside',
    (it) => it.replaceAll('+', '&plus;').replaceAll('/', '&sol;').replaceAll('=', '&equals;'),
    ['TEXT_ESCAPED'],
  ],
  [
    'escapes of a program',
    (it) => it.replaceAll('+', String.raw`\x2B`).replaceAll('/', String.raw`\x2f`),
    ['TEXT_ESCAPED'],
  ],
  ['percent signs', (it) => encodeURIComponent(it), ['TEXT_PERCENT_ENCODED']],
  [
    'percent signs twice',
    (it) => encodeURIComponent(encodeURIComponent(it)),
    ['TEXT_PERCENT_ENCODED'],
  ],
  [
    'a URL with percent signs',
    (it) => `https://a.b/c?token=${encodeURIComponent(it)}&d=e%2Ff`,
    ['TEXT_URL', 'TEXT_PERCENT_ENCODED'],
  ],
  [
    'the URL-safe alphabet',
    (it) => it.replaceAll('+', '-').replaceAll('/', '_'),
    ['TEXT_URL_SAFE'],
  ],
  ['lost plus signs', (it) => it.replaceAll('+', ' '), ['TEXT_PLUS_LOST']],
  ['a line break', (it) => `${it}\n`, ['TEXT_SPACES']],
  ['a line break as JSON writes it', (it) => `${it}\\n`, ['TEXT_SPACES']],
  ['a fragment', (it) => `#token=${it}&uid=1`, ['TEXT_URL']],
  ['a byte order mark', (it) => `\u{FEFF}${it}`, ['TEXT_SPACES']],
  ['line breaks inside', (it) => it.replaceAll(/.{64}/g, '$&\r\n'), ['TEXT_SPACES']],
  ['indented lines', (it) => it.replaceAll(/.{64}/g, '$&\n    '), ['TEXT_SPACES']],
  ['line breaks as JSON writes them', (it) => it.replaceAll(/.{64}/g, '$&\\n'), ['TEXT_ESCAPED']],
  [
    'a line that goes on',
    (it) => `${it.slice(0, 60)}\\\n${it.slice(60)}`,
    ['TEXT_SPACES', 'TEXT_ESCAPED'],
  ],
  [
    'strings that are put together',
    (it) => `"${it.slice(0, 60)}" +\n  "${it.slice(60)}"`,
    ['TEXT_SPACES', 'TEXT_QUOTED'],
  ],
  [
    'strings of which one follows another',
    (it) => `'${it.slice(0, 60)}'\n'${it.slice(60)}'`,
    ['TEXT_SPACES', 'TEXT_QUOTED'],
  ],
  ['soft line breaks of a mail', (it) => it.replaceAll(/.{64}/g, '$&=\r\n'), ['TEXT_SPACES']],
  ['a sentence', (it) => `My token is ${it} and it fails.`, ['TEXT_AROUND', 'TEXT_SPACES']],
  [
    'what a shell prints with a prompt',
    (it) => `$ node mint.js\n${it}%\n$`,
    ['TEXT_AROUND', 'TEXT_SPACES'],
  ],
  ['a second token', (it) => `${it}${it}`, ['TEXT_AROUND'], /other text/],
  ['a word that sticks to it', (it) => `${it}undefined`, ['TEXT_AROUND']],
  ['its version twice', (it) => `${it.slice(0, 3)}${it}`, ['TEXT_AROUND']],
  ['a path behind it', (it) => `${it}/join`, ['TEXT_AROUND']],
  ['a list', (it) => `- ${it}\n- `, ['TEXT_AROUND', 'TEXT_SPACES']],
  ['bold letters', (it) => `**${it}**`, ['TEXT_AROUND'], /punctuation/],
]

describe.each(['006', '007'] as const)('a whole token of %s', (version) => {
  const token = TOKENS[version]

  it.each(ROWS.map(complete))(
    'with %s is read, and what is there is named',
    (_, wrap, expected, said) => {
      const text = wrap(token)
      expect(text).not.toBe(token)
      expect(explainToken(text, good).kind).toBe('token')
      expect(new Set(codes(text))).toEqual(new Set(expected))
      expect(words(text)).toMatch(said)
      const other = explainToken(text, { ...good, uid: 5, channel: 'b' }).findings.find(
        ({ code }) => !code.startsWith('TEXT'),
      )
      expect(other?.code).toBe('CHANNEL_MISMATCH')
    },
  )

  it('is never called cut off, by anything that stands around it', () => {
    const around = fc.string({ unit: 'binary', maxLength: 40 })
    fc.assert(
      fc.property(around, around, (before, behind) => {
        if (/00[67]/.test(before)) return
        expect(explainToken(before + token + behind).kind).toBe('token')
      }),
      { numRuns: 500 },
    )
  })

  it('says where the header of REST calls belongs', () => {
    const { findings } = explainToken(`agora token=${token}`, good)
    expect(findings[0]).toMatchObject({
      severity: 'warning',
      remedy: expect.stringContaining('Authorization header of REST calls') as string,
    })
  })
})

describe('a text', () => {
  const token = TOKENS['007']

  it.each<[string, string, FindingCode[]]>([
    ['a token without its end', token.slice(0, -9), ['TOKEN_CUT_OFF']],
    [
      'the same in JSON',
      `{"token":"${token.slice(0, 70)}","uid":1}`,
      ['TEXT_JSON', 'TOKEN_CUT_OFF'],
    ],
    [
      'the same in a URL',
      `https://a.b/?token=${token.slice(0, 70)}&uid=1`,
      ['TEXT_URL', 'TOKEN_CUT_OFF'],
    ],
    ['the same with dots', `${token.slice(0, 70)}...`, ['TEXT_AROUND', 'TOKEN_CUT_OFF']],
    [
      'the same in a sentence',
      `it is ${token.slice(0, 70)} or so`,
      ['TEXT_SPACES', 'TEXT_AROUND', 'TOKEN_CUT_OFF'],
    ],
    ['a 006 token without its end', TOKENS['006'].slice(0, -9), ['TOKEN_CUT_OFF']],
    ['the start of a 006 token', TOKENS['006'].slice(0, 20), ['TOKEN_CUT_OFF']],
    ['a 006 token in small letters', TOKENS['006'].toLowerCase(), ['TOKEN_DAMAGED']],
    [
      'a 006 token with a character twice',
      TOKENS['006'].slice(0, 60) + TOKENS['006'].slice(59),
      ['TOKEN_DAMAGED'],
    ],
    [
      'a character that does not belong',
      `${token.slice(0, 40)}*${token.slice(41)}`,
      ['TOKEN_DAMAGED'],
    ],
    [
      'the same in quotation marks',
      `"${token.slice(0, 40)}é${token.slice(41)}"`,
      ['TEXT_QUOTED', 'TOKEN_DAMAGED'],
    ],
    ['another character', `${token.slice(0, 40)}AAAA${token.slice(44)}`, ['TOKEN_DAMAGED']],
    ['a quoted App ID', `"${appId}"`, ['TEXT_APP_ID_OR_CERTIFICATE']],
    ['the word undefined with a line break', 'undefined\n', ['TEXT_PLACEHOLDER']],
    ['JSON without a token', ' {"error":"no"}', ['TEXT_JSON']],
    [
      'a token of which the first half comes first',
      `${token.slice(0, 70)}\n${token}`,
      ['TEXT_SPACES', 'TEXT_AROUND'],
    ],
  ])('that is %s is called what it is', (_, text, expected) => {
    expect(new Set(codes(text))).toEqual(new Set(expected))
  })

  it('is looked through in a time that grows with its length', () => {
    const start = process.cpuUsage()
    for (const part of [
      '007eA',
      '007eJ\n',
      `006${appId}IA `,
      ' ',
      '"',
      '<',
      '=',
      '%2B',
      '007eJx\\/',
      token.slice(0, -9),
    ]) {
      explainToken(part.repeat(131_072 / part.length), good)
      explainToken(
        `${part.repeat(60_000 / part.length)}${token}${part.repeat(60_000 / part.length)}`,
        good,
      )
    }
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000)
  })

  it('with half surrogate pairs, or no characters at all, throws nothing', () => {
    for (const text of ['', '\0', '\uD800', `\uD800${token}\uDC00`, `\0${token}\0`]) {
      expect(explainToken(text, good).findings.length).toBeGreaterThan(0)
    }
  })

  it('with the end of a token was not cut off, whichever character was changed', () => {
    const whole = Array.from({ length: 60 }, (_, salt) => mint('007', salt)).find((one) =>
      one.endsWith('='),
    )!
    for (let at = 4; at < whole.indexOf('='); at++) {
      const changed = `${whole.slice(0, at)}${whole[at] === 'A' ? 'B' : 'A'}${whole.slice(at + 1)}`
      expect(codes(changed), changed).not.toContain('TOKEN_CUT_OFF')
    }
  })

  it('of 006 that holds a privilege more or less stays the length that it has', () => {
    for (const names of [['joinChannel'], ['joinChannel', 'publishAudioStream']]) {
      const privileges = Object.fromEntries(names.map((name) => [name, issuedAt + 600]))
      const claims = {
        appId,
        channel: 'room-42',
        user: '1234',
        salt: 1,
        privileges,
        tokenExpiresAt: issuedAt + 86_400,
      }
      expect(explainToken(`${encode006(claims, appCertificate)}AAAAAAAA`, good).kind).toBe('token')
    }
  })
})
