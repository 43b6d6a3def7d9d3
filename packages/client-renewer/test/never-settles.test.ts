import { describe, expect, it } from 'vitest'
import { session } from './support/session.ts'

// Calls that are never answered. What they have begun ends with their attempt.

const HOUR_MS = 3_600_000
type Session = ReturnType<typeof session>
const never = () => new Promise<never>(() => {})

async function joined(...args: Parameters<typeof session>): Promise<Session> {
  const all = session(...args)
  await all.renewer.join()
  return all
}

/** A session that is back after an attempt which never ended. */
async function back(what: 'leave' | 'join'): Promise<Session> {
  const all = await joined()
  const { client, clock } = all
  const call = client[what]
  client[what] = never
  if (what === 'leave') client.dropLine()
  else client.expire()
  await clock.advance(what === 'leave' ? HOUR_MS + 20_000 : 15_000)
  Object.assign(client, { [what]: call })
  await clock.advance(30_000)
  expect([client.connectionState, all.renewer.phase]).toEqual(['CONNECTED', 'fresh'])
  return all
}

describe.each(['leave', 'join'] as const)('a %s that never settles', (what) => {
  it.each(['LEAVE', 'NETWORK_ERROR'])('does not hide a later end by %s', async (reason) => {
    const { client, renewer, clock } = await back(what)
    client.kick(reason)
    expect(renewer.phase).toBe('stopped')
    expect(clock.timers).toBe(0)
  })
})

describe('a client that is out of the channel without a word', () => {
  it('is lost, and nothing runs hot on the way', async () => {
    const { client, renewer, payloads, clock } = await joined()
    client.connectionState = 'DISCONNECTED'
    const before = payloads.length
    for (let i = 0; i < 4 * 3600; i++) await clock.advance(250)
    expect(payloads.at(-1)).toEqual(['lost'])
    expect(payloads.length - before).toBeLessThan(10)
    expect([renewer.phase, clock.timers, client.listenerCount]).toEqual(['stopped', 0, 0])
  })

  it('is lost, too, when that happens while a renewal is under way', async () => {
    const { client, server, renewer, clock } = await joined()
    client.onRenew = 'hang'
    await clock.advance(0.75 * HOUR_MS)
    client.connectionState = 'DISCONNECTED'
    client.answer()
    await clock.advance(1000)
    expect([renewer.phase, server.requests.length]).toEqual(['stopped', 2])
  })
})

describe('beforeRejoin', () => {
  /** Asks a person, who answers when the test says so. */
  function person() {
    const answers: (() => void)[] = []
    let most = 0
    let open = 0
    const beforeRejoin = async () => {
      most = Math.max(most, ++open)
      await new Promise<void>((answer) => {
        answers.push(answer)
      })
      open--
    }
    return { beforeRejoin, answers, most: () => most }
  }

  it('may take a person’s minute, and is called once', async () => {
    const { beforeRejoin, answers } = person()
    const { client, server, told, clock } = await joined({ beforeRejoin })
    client.expire()
    for (let i = 0; i < 60; i++) await clock.advance(5000)
    expect([answers.length, told]).toEqual([1, ['fetching', 'joined', 'expired', 'fetching']])
    answers[0]!()
    await clock.advance(0)
    expect(client.calls).toEqual(['join room null', 'join room 4711'])
    expect(server.requests).toHaveLength(2)
  })

  it('may take longer than the token lives that was fetched for the rejoin', async () => {
    const { beforeRejoin, answers } = person()
    const { client, server, clock, renewer } = await joined({ beforeRejoin })
    server.ttl = 60
    client.expire()
    await clock.advance(300_000)
    answers[0]!()
    await clock.advance(0)
    expect(client.connectionState).toBe('CONNECTED')
    expect(client.tokens.at(-1)).toBe(server.tokens.at(-1))
    expect([answers.length, renewer.remainingMs]).toEqual([1, 60_000])
  })

  it('is never called twice at once, also by the next session', async () => {
    const { beforeRejoin, answers, most } = person()
    const all = await joined({ beforeRejoin, beforeRejoinTimeoutMs: 5000 })
    const { client, renewer, clock } = all
    client.expire()
    await clock.advance(120_000)
    await renewer.leave()
    await renewer.join()
    client.expire()
    await clock.advance(60_000)
    expect([answers.length, most()]).toEqual([1, 1])
    answers[0]!()
    await clock.advance(15_000)
    expect(client.connectionState).toBe('CONNECTED')
    client.expire()
    await clock.advance(0)
    expect([answers.length, most()]).toEqual([2, 1])
  })

  it('has a limit of its own, if it is given one', async () => {
    const { beforeRejoin } = person()
    const { client, payloads, clock } = await joined({
      beforeRejoin,
      beforeRejoinTimeoutMs: 60_000,
    })
    client.expire()
    await clock.advance(59_999)
    expect(payloads).not.toContainEqual([
      expect.objectContaining({ attempt: 1, inMs: expect.any(Number) }),
    ])
    await clock.advance(1)
    const error = expect.objectContaining({ code: 'REJOIN_TIMEOUT' })
    expect(payloads).toContainEqual([expect.objectContaining({ error })])
  })

  it('is waited for by the latest attempt only', async () => {
    const { beforeRejoin, answers } = person()
    const { client, server, clock } = await joined({ beforeRejoin, beforeRejoinTimeoutMs: 5000 })
    server.ttl = 4
    client.expire()
    await clock.advance(60_000)
    const before = server.requests.length
    answers[0]!()
    await clock.advance(0)
    expect(client.connectionState).toBe('CONNECTED')
    expect(server.requests.length - before).toBeLessThanOrEqual(1)
  })

  it('is the end of the rejoin when the user leaves meanwhile', async () => {
    const { beforeRejoin, answers } = person()
    const { client, renewer, clock } = await joined({ beforeRejoin })
    client.expire()
    await clock.advance(1000)
    await renewer.leave()
    expect(clock.timers).toBe(0)
    answers[0]!()
    await clock.advance(60_000)
    expect(client.calls).toEqual(['join room null', 'leave'])
  })

  it('leaves the time of the join to the join', async () => {
    const { beforeRejoin, answers } = person()
    const { client, told, clock } = await joined({ beforeRejoin })
    client.expire()
    await clock.advance(60_000)
    client.onJoin = 'hang'
    answers[0]!()
    await clock.advance(9_999)
    expect(told).not.toContain('retry')
    await clock.advance(1)
    expect(told.at(-1)).toBe('retry')
  })
})

describe('a leave that is never answered', () => {
  it('does not stand for the leave of the next session', async () => {
    const { client, adapter, renewer, clock } = session()
    const leave = adapter.leave.bind(adapter)
    adapter.leave = async () => {
      await leave()
      await new Promise<never>(() => {})
    }
    await renewer.join()
    const first = renewer.leave()
    first.catch(() => {})
    await clock.advance(2000)
    await renewer.join()
    const second = renewer.leave()
    second.catch(() => {})
    await clock.advance(0)
    expect([renewer.phase, client.connectionState]).toEqual(['stopped', 'DISCONNECTED'])
    await clock.advance(10_000)
    await expect(second).rejects.toMatchObject({ code: 'LEAVE_TIMEOUT' })
  })
})
