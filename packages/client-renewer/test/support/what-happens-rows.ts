import { expect } from 'vitest'
import { createRenewer, httpSource, RenewError, type TokenRequest } from '../../src/index.ts'
import { adoptionRows } from './adoption-rows.ts'
import { handOverRows } from './hand-over-rows.ts'
import { hangUpRows } from './hang-up-rows.ts'
import type { Row } from './row.ts'
import { mint, session, several } from './session.ts'
import { trackRows } from './track-rows.ts'

const HOUR_MS = 3_600_000
const RENEWAL_MS = 0.75 * HOUR_MS
const camera = { name: 'camera' }

async function joined(...args: Parameters<typeof session>) {
  const all = session(...args)
  await all.renewer.join()
  return all
}

/** Every row of the table. */
export const rows: readonly Row[] = [
  {
    when: 'nothing goes wrong',
    what: 'a token of one hour is replaced: the first one after 24 to 45 minutes, each later one after 42 to 45; you get `renewed`',
    async proof() {
      const { client, clock, told } = await joined()
      await clock.advance(RENEWAL_MS)
      expect(client.calls).toEqual(['join room null', 'renewToken'])
      expect(told.at(-1)).toBe('renewed')
      const early = await joined({ random: () => 0.999 })
      await early.clock.advance(24.1 * 60_000)
      expect(early.client.calls).toEqual(['join room null', 'renewToken'])
      await early.clock.advance(RENEWAL_MS - 179_000)
      expect(early.client.calls).toEqual(['join room null', 'renewToken', 'renewToken'])
    },
  },
  {
    when: 'the laptop sleeps, or the browser freezes the tab, past the time of the renewal',
    what: 'the renewal starts on waking, or within 30 s if the device does not report it',
    async proof() {
      for (const isTold of [true, false]) {
        const { server, device, clock } = await joined()
        await clock.sleep(8 * HOUR_MS)
        expect(server.requests).toHaveLength(1)
        if (isTold) device.signal('wake')
        await clock.advance(isTold ? 0 : 30_000)
        expect(server.requests.length).toBeGreaterThan(1)
      }
    },
  },
  {
    when: 'the tab is only in the background',
    what: 'timers are at most 30 s long, so one that the browser delays is only a little late',
    async proof() {
      const lengths: number[] = []
      const { clock } = session()
      const after = (ms: number, task: () => void) => {
        lengths.push(ms)
        return clock.after(ms, task)
      }
      const { renewer } = await joined({ clock: { ...clock, after } })
      await clock.advance(RENEWAL_MS)
      expect(renewer.phase).toBe('fresh')
      expect(Math.max(...lengths)).toBeLessThanOrEqual(30_000)
    },
  },
  {
    when: 'the clock of the device jumps a day back or ahead',
    what: 'no renewal is missed: two clocks measure how much time has passed',
    async proof() {
      for (const days of [-1, 1]) {
        const { server, renewer, clock, told } = await joined()
        clock.jump(days * 24 * HOUR_MS)
        await clock.advance(RENEWAL_MS)
        expect(server.requests.length).toBeGreaterThan(1)
        expect([renewer.phase, told.includes('expired')]).toEqual(['fresh', false])
      }
    },
  },
  {
    when: 'the clock of the device is wrong',
    what: 'no renewal is missed; you get one `notice`, CLOCK_SKEW',
    async proof() {
      const { client, clock, payloads } = await joined({
        source: async () => ({ token: mint(3600, { issuedAt: 1_700_000_000 }), expiresIn: 3600 }),
      })
      await clock.advance(2 * RENEWAL_MS)
      expect(client.calls.filter((call) => call === 'renewToken')).toHaveLength(2)
      const notices = JSON.stringify(payloads).match(/CLOCK_SKEW/g)
      expect(notices).toHaveLength(1)
    },
  },
  {
    when: 'the token server is down for ten minutes',
    what: 'the renewer keeps trying, less and less often; the call goes on, and no user drops out',
    async proof() {
      const { client, server, renewer, clock, told } = await joined({ random: () => 0.5 })
      server.answer = new Error('down')
      await clock.advance(RENEWAL_MS + 600_000)
      server.answer = 'ok'
      await clock.advance(200_000)
      expect([renewer.phase, client.connectionState]).toEqual(['fresh', 'CONNECTED'])
      expect(told).not.toContain('expired')
    },
  },
  {
    when: 'the token server says `Retry-After`',
    what: 'the next attempt waits that long and a little longer, unless the token would expire first',
    async proof() {
      const { server, clock, device } = await joined({ random: () => 0.5 })
      server.answer = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 600_000 })
      // Halfway between 24 and 45 minutes by chance; the wait asked for and a tenth of that.
      await clock.advance(2_070_000 + 659_000)
      device.signal('wake')
      device.signal('online')
      await clock.advance(0)
      expect(server.requests).toHaveLength(2)
      await clock.advance(2000)
      expect(server.requests).toHaveLength(3)
      await clock.advance(658_000)
      expect(server.requests).toHaveLength(3)
      await clock.advance(2000)
      expect(server.requests).toHaveLength(4)
      // Of the token four minutes are left.
      await clock.advance(18_000)
      expect(server.requests).toHaveLength(5)
    },
  },
  {
    when: 'while the user is out of the channel, the token server says `Retry-After`',
    what: 'attempts begin at most 15 s apart, however long the server asks the renewer to wait',
    async proof() {
      const { client, server, clock, told } = await joined({ random: () => 0.5 })
      server.answer = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 600_000 })
      client.expire()
      await clock.advance(60_000)
      server.answer = 'ok'
      await clock.advance(15_000)
      expect([told.at(-1), client.connectionState]).toEqual(['renewed', 'CONNECTED'])
    },
  },
  {
    when: 'the token server never answers',
    what: 'the renewer aborts the request after 10 s and tries again',
    async proof() {
      const { server, clock, told } = await joined()
      server.answer = 'hang'
      await clock.advance(RENEWAL_MS + 10_000)
      expect(server.requests[1]?.signal.aborted).toBe(true)
      expect(told.at(-1)).toBe('retry')
    },
  },
  {
    when: 'the token server refuses (4xx; not 408, 425 or 429)',
    what: 'the renewer stops trying: you get `failed` with SOURCE_DENIED, and the call goes on until its token expires; `renew()` tries again',
    async proof() {
      const { client, server, renewer, clock, told } = await joined()
      server.answer = new RenewError('SOURCE_DENIED', 'signed out')
      await clock.advance(RENEWAL_MS + 60_000)
      expect(server.requests).toHaveLength(2)
      expect([told.at(-1), client.connectionState]).toEqual(['failed', 'CONNECTED'])
      server.answer = 'ok'
      await renewer.renew()
      expect(renewer.phase).toBe('fresh')
    },
  },
  {
    when: 'a proxy answers instead of the token server (404, a page), as during a deploy',
    what: 'this is not a refusal: the renewer keeps trying while the token lives; then you get `failed` with SOURCE_DENIED',
    async proof() {
      const proxy = async () => new Response('<html>', { status: 404 })
      const source = httpSource({ url: 'https://app.test/v1/tokens', fetch: proxy })
      const { client, adapter, server, clock, told, payloads } = session()
      const ask = (request: TokenRequest) =>
        request.reason === 'join' ? server.source(request) : source(request)
      const renewer = createRenewer(adapter, { source: ask, clock })
      renewer.on('retry', () => told.push('retry'))
      renewer.on('failed', (error) => payloads.push(error.code))
      await renewer.join()
      await clock.advance(HOUR_MS - 60_000)
      expect([told.includes('retry'), renewer.phase]).toEqual([true, 'waiting'])
      client.expire()
      await clock.advance(60_000)
      expect(payloads.at(-1)).toBe('SOURCE_DENIED')
    },
  },
  {
    when: 'the server’s token is for another App ID, channel or user',
    what: 'the renewer keeps it from the SDK; you get `retry` with GRANT_SCOPE, which says what was expected',
    async proof() {
      const { client, server, clock, payloads } = await joined()
      server.mint = (ttl) => mint(ttl, { channel: 'other' })
      await clock.advance(RENEWAL_MS)
      expect(client.calls).toEqual(['join room null'])
      expect(JSON.stringify(payloads)).toContain('GRANT_SCOPE')
    },
  },
  {
    when: 'the first token names its user, but neither the adapter nor the source does',
    what: '`join` rejects with GRANT_SCOPE before the SDK would refuse the token; the error names both ways to fix it',
    async proof() {
      const { client, renewer } = session({ source: () => mint(3600, { uid: 44 }) })
      await expect(renewer.join()).rejects.toThrow('set `uid` of the adapter, or return')
      expect(client.calls).toEqual([])
    },
  },
  {
    when: 'a token holds several channels, and its right in another channel ends soon',
    what: 'nothing: only the channel of the session counts',
    async proof() {
      const services = [['room', 3600] as const, ['lobby', 60] as const]
      const { renewer } = session({ source: () => several(services) })
      await renewer.join()
      expect(renewer.remainingMs).toBe(HOUR_MS)
    },
  },
  {
    when: 'the server gives the same token again',
    what: 'the SDK gets it only if the app called `renew()`; you get `retry` with GRANT_STALE, and the next attempt follows after half of the remaining time',
    async proof() {
      const same = mint(3600)
      const { client, clock, payloads } = await joined({ source: async () => same })
      await clock.advance(RENEWAL_MS)
      expect(client.calls).toEqual(['join room null'])
      expect(payloads.at(-2)).toMatchObject([{ error: { code: 'GRANT_STALE' }, inMs: 450_000 }])
    },
  },
  {
    when: 'the server gives a token that ends earlier than the one in use',
    what: 'the renewer uses it: the server may have changed the role, or all its tokens end at a fixed time',
    async proof() {
      const { client, server, renewer, clock } = await joined()
      server.ttl = 600
      await clock.advance(RENEWAL_MS)
      expect([client.calls.at(-1), renewer.remainingMs]).toEqual(['renewToken', 600_000])
    },
  },
  {
    when: 'the app joins by itself with a token that is not new',
    what: 'the renewer takes its age from the token or from the app (`issuedAt`): whichever is older is used',
    async proof() {
      const { client, renewer, clock } = session()
      await client.join('', 'room', 'token', 4711)
      renewer.start(mint(3600, { issuedAt: Math.floor(clock.now() / 1000) - 1200 }))
      expect(renewer.remainingMs).toBe(2_400_000)
    },
  },
  {
    when: 'a token claims to live longer than 24 hours',
    what: 'the renewer treats it as one of 24 hours, because Agora ends it then; you get one `notice`, LIFE_CUT',
    async proof() {
      const { renewer, payloads } = await joined({
        source: async () => ({ token: '008later', expiresIn: 7 * 86_400 }),
      })
      expect(renewer.remainingMs).toBe(24 * HOUR_MS)
      expect(JSON.stringify(payloads)).toContain('LIFE_CUT')
    },
  },
  {
    when: 'neither the reply nor the token says how long the token lives',
    what: 'the renewal waits for the SDK’s warning; you get one `notice`, LIFE_UNKNOWN',
    async proof() {
      let count = 0
      const { client, clock, payloads } = await joined({
        source: async () => `008unread${++count}`,
      })
      await clock.advance(24 * HOUR_MS)
      expect(client.calls).toEqual(['join room null'])
      client.warn()
      await clock.advance(0)
      expect(client.calls.at(-1)).toBe('renewToken')
      expect(JSON.stringify(payloads).match(/LIFE_UNKNOWN/g)).toHaveLength(1)
    },
  },
  {
    when: 'the device is offline when a renewal is due',
    what: 'the renewal waits until the device is online, and tries every 30 s in case the device is wrong',
    async proof() {
      const { server, device, clock } = await joined()
      device.signal('offline')
      await clock.advance(RENEWAL_MS + 29_000)
      expect(server.requests).toHaveLength(1)
      device.signal('online')
      await clock.advance(0)
      expect(server.requests).toHaveLength(2)
    },
  },
  {
    when: 'the connection drops and comes back before the token ends',
    what: 'the renewer fetches the next token meanwhile, and hands it over when the SDK is back',
    async proof() {
      const { client, renewer, clock } = await joined()
      client.dropLine()
      await clock.advance(RENEWAL_MS + 60_000)
      expect(renewer.phase).toBe('waiting')
      client.restoreLine()
      await clock.advance(0)
      expect(client.calls.at(-1)).toBe('renewToken')
    },
  },
  {
    when: 'the token expires while the connection is down, and the SDK keeps reconnecting without saying so',
    what: 'you get `expired` 8 s after the end of the token; then the client leaves, joins again as the same user and publishes the same tracks',
    async proof() {
      const { client, clock, told } = await joined()
      await client.publish(camera)
      client.dropLine()
      await clock.advance(HOUR_MS + 38_000)
      expect(told).toContain('expired')
      expect(client.calls.slice(-3)).toEqual(['leave', 'join room 4711', 'publish camera'])
    },
  },
  {
    when: 'the token expires while the device is offline',
    what: 'the renewer brings the session back when the device is online',
    async proof() {
      const { client, server, device, clock } = await joined()
      device.signal('offline')
      server.answer = new Error('no network')
      client.dropLine()
      await clock.advance(HOUR_MS)
      client.expireSilently()
      server.answer = 'ok'
      device.signal('online')
      await clock.advance(0)
      expect(client.calls.at(-1)).toBe('join room 4711')
    },
  },
  {
    when: 'the session ends earlier than its token says, and the server is down',
    what: 'from then on attempts begin at most 15 s apart, however long the token claims to live',
    async proof() {
      const { client, server, clock } = await joined({ random: () => 0.999 })
      server.answer = new Error('down')
      client.expire()
      await clock.advance(HOUR_MS / 4)
      server.answer = 'ok'
      await clock.advance(15_000)
      expect(client.calls.at(-1)).toBe('join room 4711')
    },
  },
  {
    when: 'a listener calls the renewer again on each event, or throws',
    what: 'ten attempts follow at once, then one a second; the other listeners still run',
    async proof() {
      const { server, renewer, clock } = await joined()
      renewer.on('renewed', () => void renewer.renew().catch(() => {}))
      renewer.renew().catch(() => {})
      for (let i = 0; i < 1000; i++) await clock.advance(10)
      expect(server.requests.length).toBeLessThanOrEqual(20)
    },
  },
  {
    when: 'the token expires before it can be renewed',
    what: 'you get `expired`, then `rejoined`, `renewed`, `republished`: the client joins again as the same user and publishes the same tracks; a track that fails does not affect the others',
    async proof() {
      const microphone = { name: 'microphone' }
      const { client, clock, told } = await joined({ tracks: () => [camera, microphone] })
      client.unpublishable = [camera]
      client.expire()
      await clock.advance(0)
      expect(client.localTracks).toEqual([microphone])
      expect(told.slice(-5)).toEqual(['expired', 'fetching', 'rejoined', 'renewed', 'republished'])
    },
  },
  {
    when: 'the app rejoins by itself (`rejoin: "manual"`)',
    what: 'you get `expired` and `failed` with REJOIN_MANUAL; `renew()` brings the session back',
    async proof() {
      const { client, renewer, clock, told } = await joined({ rejoin: 'manual' })
      client.expire()
      await clock.advance(HOUR_MS)
      expect(told).toEqual(['fetching', 'joined', 'expired', 'failed'])
      expect(client.calls).toEqual(['join room null'])
      await Promise.all([renewer.renew(), clock.advance(1)])
      expect(client.calls.at(-1)).toBe('join room 4711')
    },
  },
  {
    when: 'the call is encrypted or goes through a proxy',
    what: 'the SDK forgets both when its token expires; the renewer calls `beforeRejoin` right before the join, while the client is out of the channel; it may take as long as a person needs',
    async proof() {
      const calls: string[] = []
      const { client, clock } = await joined({
        beforeRejoin: () => void calls.push(`${client.connectionState} ${client.calls.length}`),
      })
      client.expire()
      await clock.advance(0)
      expect(calls).toEqual(['DISCONNECTED 1'])
      expect(client.calls).toHaveLength(2)
    },
  },
  {
    when: 'a join is refused because its token has expired in the meantime',
    what: 'the renewer tries once more with a new token; any other refusal is for the app to handle',
    async proof() {
      const { client, server, renewer } = session()
      client.onNextJoin = new Error('dynamic key expired')
      await renewer.join()
      expect(client.tokens).toEqual(server.tokens)
      expect(client.tokens).toHaveLength(2)
    },
  },
  {
    when: 'the token ends the session right after each of five rejoins within two minutes',
    what: 'you get `failed` with REJOIN_LIMIT: the server’s tokens are expired on arrival',
    async proof() {
      const { client, clock, told } = await joined()
      for (let i = 0; i < 6; i++) {
        client.expire()
        await clock.advance(100)
      }
      expect(told.filter((event) => event === 'rejoined')).toHaveLength(5)
      expect(told.at(-1)).toBe('failed')
    },
  },
  {
    when: 'the SDK never answers `renewToken`',
    what: 'you get `retry` with RENEW_TIMEOUT after 10 s; the renewer keeps waiting for the call, and does not repeat it',
    async proof() {
      const { client, renewer, clock, payloads } = await joined()
      client.onRenew = 'hang'
      await clock.advance(RENEWAL_MS + 60_000)
      expect(client.calls.filter((call) => call === 'renewToken')).toHaveLength(1)
      expect(JSON.stringify(payloads)).toContain('RENEW_TIMEOUT')
      client.answer()
      await clock.advance(0)
      expect(renewer.phase).toBe('fresh')
    },
  },
  ...ends('the user hangs up', 'LEAVE', 'left'),
  ...adoptionRows,
  ...hangUpRows,
  ...handOverRows,
  ...trackRows,
  ...ends('the user is banned', 'UID_BANNED', 'banned'),
  ...ends('the same uid joins in a second tab or on a second device', 'UID_CONFLICT', 'conflict'),
  ...ends('the SDK gives up for a reason other than the token', 'NETWORK_ERROR', 'lost'),
  {
    when: 'the page calls `dispose()`',
    what: 'it leaves no timer, listener or request; the call goes on until its token expires',
    async proof() {
      const { client, device, renewer, clock } = await joined()
      renewer.dispose()
      expect([clock.timers, client.listenerCount, device.listenerCount]).toEqual([0, 0, 0])
      expect(client.connectionState).toBe('CONNECTED')
    },
  },
]

function ends(when: string, reason: string, cause: string): Row[] {
  const what = `you get \`stopped\` with \`${cause}\`, and the renewer does not bring the session back`
  return [
    {
      when,
      what,
      async proof() {
        const { client, renewer, clock, payloads } = await joined()
        client.kick(reason)
        await clock.advance(2 * HOUR_MS)
        expect(payloads).toContainEqual([cause])
        expect(client.calls).toEqual(['join room null'])
        expect([renewer.phase, client.listenerCount, clock.timers]).toEqual(['stopped', 0, 0])
      },
    },
  ]
}
