import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DecodedToken007, decodeToken, verifyToken } from '@rtc-token/core'
import { type ObservationType, tokenFingerprint } from '@rtc-token/edge'
import { bundlePage } from '@rtc-token/ui-kits/bundle-page'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type KitScene, type KitSeat, openKitScene } from './support/kit-scene.ts'
import { lifeNow } from './support/life.ts'
import { PROJECT } from './support/scene.ts'

// agora-react-uikit as it comes from npm, on the server of docs/ui-kits.md: its ticket, its policy and
// its options. Names lead to the edge. Messaging has no stand-in: its login gets a token and no answer.

const PATIENCE = { timeout: 120_000, interval: 100 }
const TROUBLE = ['refused', 'renew-refused', 'publish-refused', 'did-expire', 'dropped'] as const

let outDir: string
let scene: KitScene
let lifeSeconds: number

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'rtc-token-kit-'))
  // As it is shipped: Vitest's own value makes it a page for development.
  vi.stubEnv('NODE_ENV', 'production')
  await bundlePage(outDir)
  vi.unstubAllEnvs()
  lifeSeconds = lifeNow()
  scene = await openKitScene(outDir, lifeSeconds)
})

afterAll(async () => {
  await scene?.close()
  await rm(outDir, { recursive: true })
})

describe.concurrent('agora-react-uikit', () => {
  it('speaks, and outlives its token twice at the URL that it was given', async () => {
    const seat = await scene.open('ann', 'stage', true)
    await vi.waitFor(() => expect(tokensOf(seat, 'renewed')).toHaveLength(2), PATIENCE)
    const used = tokensOf(seat, 'joined', 'renewed')
    expect(used).toEqual(handedOut(seat).slice(0, used.length))
    expect(new Set(used).size).toBe(3)
    expect(tokensOf(seat, 'published')).toHaveLength(2)
    expect(tokensOf(seat, ...TROUBLE)).toEqual([])
    await seat.page.close()
  })

  it('listens with a lower role than it asks for', async () => {
    const seat = await scene.open('bob', 'stage', false)
    await vi.waitFor(() => expect(tokensOf(seat, 'renewed')).toHaveLength(1), PATIENCE)
    expect(tokensOf(seat, 'joined')).toHaveLength(1)
    expect(tokensOf(seat, 'published', ...TROUBLE)).toEqual([])
    for (const token of tokensAt(seat, '/rtc/stage/publisher/uid/', 'rtcToken')) {
      const [call] = (decodeToken(token) as DecodedToken007).services
      expect(call).toMatchObject({ privileges: { joinChannel: lifeSeconds } })
      expect(Object.keys((call as { privileges: object }).privileges)).toHaveLength(1)
    }
    await seat.page.close()
  })

  it('asks for messaging by itself, and for nothing else, no oftener than it has to', async () => {
    const seat = await scene.open('cyd', 'lobby', true)
    await vi.waitFor(() => expect(tokensOf(seat, 'renewed')).toHaveLength(1), PATIENCE)
    const messaging = tokensAt(seat, '/rtm/', 'rtmToken')
    expect(messaging.length).toBeGreaterThan(0)
    for (const token of messaging) {
      const verified = verifyToken(token, { ...PROJECT, userId: String(seat.uid) })
      expect(verified).toMatchObject({ services: [{ service: 'rtm' }] })
    }
    const calls = tokensAt(seat, '/rtc/lobby/publisher/uid/', 'rtcToken')
    expect(calls.length).toBeLessThanOrEqual(3)
    expect(seat.requests).toHaveLength(calls.length + messaging.length)
    await seat.page.close()
  })

  it('asks in vain, and seldom, once its ticket is about to end', async () => {
    const seat = await scene.open('dee', 'stage', true, Math.ceil(1.7 * lifeSeconds))
    await vi.waitFor(() => expect(tokensOf(seat, 'did-expire')).toHaveLength(1), PATIENCE)
    expect(tokensOf(seat, 'renewed')).toHaveLength(1)
    const calls = seat.requests.filter(({ path }) => path.startsWith('/rtc/'))
    const statuses = calls.map(({ status }) => status)
    expect(statuses.slice(0, 3)).toEqual([200, 200, 401])
    expect(statuses.length).toBeLessThanOrEqual(4)
    await seat.page.close()
  })
})

/** The tokens with which the edge has seen a seat do this, by fingerprint. */
function tokensOf({ uid }: KitSeat, ...types: readonly ObservationType[]): readonly string[] {
  const all = scene.edge.observations.all.filter((seen) => seen.uid === uid)
  return all.filter(({ type }) => types.includes(type)).map((seen) => seen.tokenFingerprint)
}

function handedOut(seat: KitSeat): readonly string[] {
  return tokensAt(seat, '/rtc/stage/publisher/uid/', 'rtcToken').map((token) =>
    tokenFingerprint(token),
  )
}

/** What a kit got at a path that ends in its uid, with a slash or without. */
function tokensAt({ uid, requests }: KitSeat, path: string, name: string): readonly string[] {
  const found = requests.filter((request) => request.path.replace(/\/$/, '') === path + uid)
  for (const { status, origin } of found) expect([status, origin]).toEqual([200, scene.origin])
  return found.map(({ reply }) => reply[name] ?? '')
}
