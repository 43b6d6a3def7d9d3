import { createToken, rtc } from '@rtc-token/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { throwAwayProject } from '../project/lab-project.ts'
import { createRotation, type Rotation, type RotationState } from './rotation.ts'

const TTL_SECONDS = 60
const START = 1_795_288_141_000
const CONTEXT = { channel: 'tenant-acme-stage', user: { uid: 1001 } } as const

const project = throwAwayProject()
let now: number
let rotation: Rotation

beforeEach(() => {
  now = START
  rotation = start()
})

describe('the rotation', () => {
  it('signs with the old key until it is turned, and with the new one from then on', async () => {
    const before = await grant()
    rotation.take('add')
    const during = await grant()
    rotation.take('turn')
    const after = await grant()
    expect(during).toBe(before)
    expect(after).not.toBe(before)
    expect(rotation.state.keyIds).toEqual([after, before])
  })

  it('renews a token of the old key while both are in force', async () => {
    const before = await grant()
    rotation.take('add')
    rotation.take('turn')
    await rotation.ask(true)
    const [renewed] = rotation.state.tokens
    expect(rotation.state.lastAsk).toEqual({ isRenewal: true, status: 200 })
    expect(renewed).toMatchObject({ where: 'renewed here', isGood: true })
    expect(renewed?.keyId).not.toBe(before)
  })

  it('keeps the old key until the longest life has passed', async () => {
    await rotation.ask(false)
    rotation.take('add')
    rotation.take('turn')
    now += 59_000
    expect(rotation.state.waitSeconds).toBe(1)
    expect(() => rotation.take('drop')).toThrow('Tokens of the old key may live 1 s yet')
    now += 1000
    rotation.take('drop')
    expect(rotation.state.keyIds).toHaveLength(1)
    expect(rotation.state.stage).toBe('one')
    expect(rotation.state.tokens.map(({ isGood }) => isGood)).toEqual([false])
  })

  it.each(['turn', 'drop'] as const)('takes no step before its turn: %s', (step) => {
    expect(() => rotation.take(step)).toThrow(`It is not the turn of "${step}"`)
  })

  it('can be gone through again', async () => {
    const first = await grant()
    rotation.take('add')
    rotation.take('turn')
    now += TTL_SECONDS * 1000
    rotation.take('drop')
    rotation.take('add')
    expect(rotation.state.stage).toBe('both')
    expect(rotation.state.keyIds).not.toContain(first)
  })

  it('says which tokens are good now', async () => {
    await rotation.ask(false)
    expect(goodness(rotation.state)).toEqual([true])
    now += TTL_SECONDS * 1000
    await rotation.ask(false)
    expect(goodness(rotation.state)).toEqual([true, false])
  })

  it('shows no token and no certificate', async () => {
    await rotation.ask(false)
    rotation.take('add')
    const shown = JSON.stringify(rotation.state)
    expect(shown).not.toMatch(/00[67][A-Za-z0-9+/]{30}/)
    expect(shown).not.toMatch(/[0-9a-f]{32}/)
  })

  it('names the key of who is in a call', () => {
    const token = mint()
    expect(judge(token)).toMatchObject({ accepted: true })
    const [seen] = rotation.state.tokens
    expect(seen).toMatchObject({ where: 'shown to the edge', keyId: rotation.state.keyIds[0] })
    const tokenFingerprint = seen?.fingerprint ?? ''
    const streams = { published: [], rtpPackets: 0 }
    const session = {
      channel: 'room',
      uid: 7,
      role: 'host',
      tokenFingerprint,
      expiresAt: 0,
    } as const
    sessions.push({ ...session, ...streams })
    expect(rotation.state.seats).toMatchObject([{ user: '7', keyId: seen?.keyId }])
    sessions.pop()
  })
})

describe('the judge of the rotation', () => {
  it('lets in by both keys during the overlap, and by the new one alone after it', () => {
    const token = mint(600)
    rotation.take('add')
    rotation.take('turn')
    expect(judge(token)).toMatchObject({ accepted: true, mayPublish: true })
    now += TTL_SECONDS * 1000
    rotation.take('drop')
    expect(judge(token)).toMatchObject({ refusal: 'invalid', reason: 'SIGNATURE_INVALID' })
    expect(goodness(rotation.state)).toEqual([false])
  })

  it('turns away what has ended, by the edge’s clock', () => {
    const token = mint()
    now += TTL_SECONDS * 1000
    expect(judge(token)).toMatchObject({ refusal: 'expired', reason: 'TOKEN_EXPIRED' })
  })

  it.each([
    ['another channel', { channel: 'elsewhere', uid: 1001 }, 'CHANNEL_MISMATCH'],
    ['another user', { channel: CONTEXT.channel, uid: 1002 }, 'USER_MISMATCH'],
  ])('turns away a token for %s', (_, seat, reason) => {
    const token = mint(TTL_SECONDS, seat)
    expect(judge(token)).toMatchObject({ accepted: false, reason })
  })

  it('says that a listener may not publish', () => {
    const token = mint(TTL_SECONDS, { channel: CONTEXT.channel, uid: 1001 }, 'subscriber')
    expect(judge(token)).toMatchObject({ accepted: true, mayPublish: false })
  })
})

type Session = ReturnType<Parameters<typeof createRotation>[0]['sessions']>[number]

const sessions: Session[] = []

function start(): Rotation {
  const clock = (): number => now
  const options = { project, ttlSeconds: TTL_SECONDS, clock, edgeClock: clock }
  return createRotation({ ...options, sessions: () => sessions })
}

async function grant(): Promise<string | null | undefined> {
  await rotation.ask(false)
  return rotation.state.tokens[0]?.keyId
}

function mint(
  ttl = TTL_SECONDS,
  seat: { readonly channel: string; readonly uid: number } = {
    channel: CONTEXT.channel,
    uid: 1001,
  },
  role: 'publisher' | 'subscriber' = 'publisher',
): string {
  return createToken({ ...project, ttl, issuedAt: now / 1000, services: [rtc({ ...seat, role })] })
}

function judge(token: string): ReturnType<Rotation['judge']> {
  return rotation.judge(token, { appId: project.appId, ...CONTEXT })
}

function goodness({ tokens }: RotationState): readonly boolean[] {
  return tokens.map(({ isGood }) => isGood)
}
