import { describe, expect, it } from 'vitest'
import { session } from './support/session.ts'

describe('joined', () => {
  it('is told once, with the uid, when the session has begun and before join resolves', async () => {
    const { renewer, clock, client, told } = session()
    const seen: unknown[] = []
    renewer.on('joined', (info) => seen.push(info, renewer.phase))
    const uid = await renewer.join().then((uid) => [...seen, uid])
    expect(uid).toEqual([{ uid: 4711 }, 'fresh', 4711])
    client.expire()
    await clock.advance(2000)
    expect(told).toContain('rejoined')
    expect(told.filter((event) => event === 'joined')).toHaveLength(1)
  })

  it('is told again when the user joins again', async () => {
    const { renewer, told } = session()
    await renewer.join()
    await renewer.leave()
    await renewer.join()
    expect(told.filter((event) => event === 'joined')).toHaveLength(2)
  })

  it('is not told of a join that failed, nor of one that a listener of the phase has undone', async () => {
    const { renewer, client, told } = session()
    client.onJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER')
    await renewer.join().catch(() => {})
    client.onJoin = 'ok'
    renewer.on('phase', (next) => next === 'fresh' && void renewer.leave())
    await renewer.join().catch(() => {})
    expect(told).not.toContain('joined')
  })
})

describe('join', () => {
  it.each(['phase', 'joined'] as const)('rejects when a listener of %s has left', async (event) => {
    const { renewer } = session()
    renewer.on(event, () => {
      if (renewer.phase === 'fresh') void renewer.leave()
    })
    await expect(renewer.join()).rejects.toMatchObject({ code: 'STOPPED' })
  })
})

describe('the error of a join', () => {
  it('carries the words of the SDK, without the token', async () => {
    const { renewer, client } = session()
    const words = 'AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: invalid vendor key, can not find appid'
    client.onJoin = new Error(words)
    const message = `join failed: ${words}`
    await expect(renewer.join()).rejects.toMatchObject({ code: 'JOIN_FAILED', message })
  })
})
