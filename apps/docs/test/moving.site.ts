import { decodeToken } from '@rtc-token/core'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { read } from '../site/repository.ts'
import { saveBlocks } from './support/run-blocks.ts'

// Each "after" of the pages about moving, as a reader saves and runs it.

vi.stubEnv('AGORA_APP_ID', '970CA35de60c44645bbae8a215061b33')
vi.stubEnv('AGORA_APP_CERTIFICATE', '5CFd2fd1755d40ecb72977518be15d3b')
vi.stubEnv('TICKET_SECRET', 'a-secret-of-32-characters-or-more')

type TokenOf = (channel: string, uid: number) => string
interface Handler {
  fetch(request: Request): Promise<Response>
}

const ADDRESS = 'http://localhost/v1/tokens'
const endpoint = saveBlocks('docs/moving-endpoint.md')
const builders = saveBlocks('docs/moving-builders.md')
const moving = saveBlocks('docs/moving.md')
afterAll(() => [endpoint, builders, moving].forEach(({ remove }) => remove()))
afterEach(() => void vi.useRealTimers())

async function ask(user: string | undefined, wish: object) {
  const { handler } = await endpoint.run<{ handler: Handler }>('handler.ts')
  const cookie: Record<string, string> = user === undefined ? {} : { cookie: `session=${user}` }
  const headers = { 'content-type': 'application/json', ...cookie }
  const body = JSON.stringify(wish)
  return handler.fetch(new Request(ADDRESS, { method: 'POST', headers, body }))
}

async function granted(user: string, wish: object) {
  const { token }: { token: string } = await (await ask(user, wish)).json()
  const [service] = servicesOf(token)
  return service
}

/** What a 007 token holds. */
function servicesOf(token: string) {
  const decoded = decodeToken(token)
  return decoded.version === '007' ? decoded.services : []
}

const room = { channel: 'room-42' }

describe('From an endpoint written by hand', () => {
  it('has twelve mistakes, each with a before and an after', () => {
    const sections = read('docs/moving-endpoint.md').split(/^## /m).slice(1)
    expect(sections.map((section) => Number.parseInt(section, 10))).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    )
    for (const section of sections) {
      expect(section.match(/tab="(?:Before|After)"/g)).toEqual(['tab="Before"', 'tab="After"'])
    }
  })

  it('1: asks who the caller is', async () => {
    expect((await ask(undefined, room)).status).toBe(401)
    expect((await ask('alice', room)).status).toBe(200)
  })

  it('5: gives no token for a room without a seat', async () => {
    expect((await ask('alice', { channel: 'room-43' })).status).toBe(403)
    expect((await ask('carol', room)).status).toBe(403)
  })

  it('2: takes the role from the seat', async () => {
    expect((await ask('bob', { ...room, role: 'publisher' })).status).toBe(403)
    const speaker = await granted('alice', { ...room, role: 'publisher' })
    expect(speaker).toHaveProperty('privileges.publishVideoStream')
  })

  it('4: signs for the uid of the seat, whatever is asked for', async () => {
    expect(await granted('bob', room)).toMatchObject({ user: '8' })
    expect((await ask('bob', { ...room, uid: 0 })).status).toBe(400)
  })

  it('3: makes a uid of a name', async () => {
    const { uid } = await endpoint.run<{ uid: number }>('uid.ts')
    expect(uid).toSatisfy((n: number) => Number.isInteger(n) && n > 0 && n < 2 ** 32)
  })

  it.each([
    [9, 'an-hour.ts', 'anHour', '007'],
    [7, 'still-006.ts', 'still006', '006'],
  ])('%s: makes a token of an hour', async (_, title, name, version) => {
    const module = await endpoint.run<Record<string, TokenOf>>(title)
    const token = decodeToken(module[name]?.('room-42', 7) ?? '')
    expect(token.version).toBe(version)
    expect(lifeOf(token)).toBeCloseTo(3600, -1)
  })

  it('8: counts from when the token is made', async () => {
    const { forUser } = await endpoint.run<{ forUser: TokenOf }>('each-time.ts')
    vi.useFakeTimers({ now: Date.now() + 7_200_000, toFake: ['Date'] })
    expect(lifeOf(decodeToken(forUser('room-42', 7)))).toBeCloseTo(3600, -1)
  })

  it('6: signs nothing without a certificate in the environment', async () => {
    vi.stubEnv('AGORA_APP_CERTIFICATE', '')
    const other = saveBlocks('docs/moving-endpoint.md')
    await expect(other.run('signer.ts')).rejects.toThrow(/App Certificate/)
    other.remove()
    vi.stubEnv('AGORA_APP_CERTIFICATE', '5CFd2fd1755d40ecb72977518be15d3b')
  })

  it('10: refuses a certificate that bundlers publish', async () => {
    vi.stubEnv('NEXT_PUBLIC_AGORA_APP_CERTIFICATE', '5CFd2fd1755d40ecb72977518be15d3b')
    const other = saveBlocks('docs/moving-endpoint.md')
    await expect(other.run('project.ts')).rejects.toThrow(/^NEXT_PUBLIC_AGORA_APP_CERTIFICATE/)
    other.remove()
    vi.stubEnv('NEXT_PUBLIC_AGORA_APP_CERTIFICATE', undefined)
  })

  it('11: answers POST only, and is not cached', async () => {
    const { handler } = await endpoint.run<{ handler: Handler }>('handler.ts')
    expect((await handler.fetch(new Request(ADDRESS))).status).toBe(405)
    expect((await ask('alice', room)).headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['alice', 'publisher', 7],
    ['bob', 'subscriber', 8],
  ])('12: joins %s as %s, and leaves the rest to the renewer', async (user, role, uid) => {
    vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => ask(user, JSON.parse(body)))
    const { callOf } = await endpoint.run<{ callOf: (...args: unknown[]) => Call }>('page.ts')
    const appId = process.env['AGORA_APP_ID']
    const client = new Client()
    const renewer = callOf(client, appId, 'room-42', role)
    await renewer.join()
    const token = expect.stringMatching(/^007/)
    expect(client.join.mock.calls).toEqual([[appId, 'room-42', token, uid, undefined]])
    renewer.dispose()
    vi.unstubAllGlobals()
  })
})

interface Call {
  join(): Promise<unknown>
  dispose(): void
}

/** As much of a client of `agora-rtc-sdk-ng` as a join needs. */
class Client {
  connectionState = 'DISCONNECTED'
  readonly localTracks = []
  readonly join = vi.fn(async () => {
    this.connectionState = 'CONNECTED'
    return 7
  })
  readonly leave = vi.fn(async () => {})
  readonly publish = vi.fn(async () => {})
  readonly renewToken = vi.fn(async () => {})
  readonly on = vi.fn()
  readonly off = vi.fn()
}

/** Seconds until what the token grants ends, from the clock of the test. */
function lifeOf(token: ReturnType<typeof decodeToken>): number {
  return token.expiresAt - Math.floor(Date.now() / 1000)
}

describe("From Agora's builders", () => {
  const LANGUAGES = ['Java', 'C++', 'Python', 'Go', 'PHP', 'Node.js']
  const functions = [
    'RtcTokenBuilder (2020)',
    'new SimpleTokenBuilder',
    'initTokenBuilder',
    'buildToken',
  ]

  it.each(functions)('%s stands in six languages', (title) => {
    const sections = read('docs/moving-builders.md').split(/^#+ /m)
    const section = sections.find((text) => text.startsWith(`${title}\n`)) ?? ''
    const rows = [...section.matchAll(/^\| (\S+) +\|/gm)].map(([, first = '']) => first)
    expect(rows).toEqual(expect.arrayContaining(LANGUAGES))
  })

  it('signs the same with the builders of 2020 and with createToken', async () => {
    const tokens = await builders.run<Record<string, string>>('rtc-token-builder.ts')
    const claimsOf = (name: string) => {
      const { channelCrc32, userCrc32, privileges } = decode006(tokens[name] ?? '')
      return { channelCrc32, userCrc32, rights: Object.keys(privileges) }
    }
    expect(claimsOf('withUid')).toEqual(claimsOf('uid'))
    expect(claimsOf('withAccount')).toEqual(claimsOf('account'))
    expect(claimsOf('uid').rights).toHaveLength(4)
  })

  it('takes salt, end and privileges from a token, as on the page of 2019', async () => {
    const { token, again, isRead } =
      await builders.run<Record<string, string>>('simple-token-builder.ts')
    const { userCrc32, ...inherited } = decode006(token ?? '')
    expect(isRead).toBe(true)
    expect(decode006(again ?? '')).toMatchObject(inherited)
    expect(decode006(again ?? '').userCrc32).not.toBe(userCrc32)
  })
})

function decode006(token: string) {
  const decoded = decodeToken(token)
  if (decoded.version !== '006') throw new Error(`006 expected, got ${decoded.version}`)
  return decoded
}

describe('Moving here', () => {
  it('shows files that run', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {})
    expect(moving.titles.length).toBeGreaterThan(3)
    for (const title of moving.titles) await moving.run(title)
    const { rtcPropsOf } = await moving.run<{
      rtcPropsOf: (id: string, channel: string) => Promise<{ tokenUrl: string }>
    }>('ticket.ts')
    expect((await rtcPropsOf('alice', 'room-42')).tokenUrl).toContain('/agora/t/t1.')
  })
})
