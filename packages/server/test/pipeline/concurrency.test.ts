import { decodeToken } from '@rtc-token/core'
import type { TokenReply } from '@rtc-token/core/contract'
import { describe, expect, it, vi } from 'vitest'

import { allow, type Ask, type Decision, deny } from '../../src/policy/policy.ts'
import { createTokenHandler } from '../../src/token-handler.ts'
import type { TokenEvent } from '../../src/telemetry/token-event.ts'
import { NOW, PROJECT, testEndpoint, tokenRequest, type User } from '../support/token-endpoint.ts'

const CALLERS = 200

describe('two hundred requests at once', () => {
  it('each get their own token, in any order of the answers', async () => {
    const events: TokenEvent[] = []
    const handler = createTokenHandler<User>({
      project: PROJECT,
      authenticate: async ({ headers }) => {
        await pause()
        return { id: String(headers.get('authorization')) }
      },
      authorize,
      clock: () => NOW * 1000,
      onEvent: (event) => void events.push(event),
    })
    const replies = await Promise.all(
      Array.from({ length: CALLERS }, async (_, caller) => {
        const { status, body } = await handler.respond(requestOf(caller))
        return { caller, status, body: JSON.parse(body) as TokenReply }
      }),
    )
    for (const { caller, status, body } of replies) {
      expect(status).toBe(caller % 10 === 3 ? 403 : 200)
      expect(body.requestId).toBe(`caller-${caller}`)
      if (status === 200) expectOwn(body, caller)
    }
    const told = events.flatMap((event) => ('requestId' in event ? [event.requestId] : []))
    expect(told.toSorted()).toEqual(replies.map(({ body }) => body.requestId).toSorted())
  })
})

describe('a caller who goes', () => {
  it('before the policy has answered gets nothing signed in vain, and raises no alarm', async () => {
    const gone = new AbortController()
    const onEvent = vi.fn()
    const { handler, failures } = testEndpoint({
      onEvent,
      authorize: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error))
          gone.abort()
        }),
    })
    const request = new Request(tokenRequest(), { signal: gone.signal })
    const { status, body } = await handler.respond(request)
    expect({ status, body }).toMatchObject({ status: 500 })
    expect(body).not.toMatch(/00[67][A-Za-z0-9+/]{30}/)
    expect(failures).toEqual([])
    expect(onEvent).not.toHaveBeenCalled()
  })

  it('does not hide a mistake of the policy by going', async () => {
    const gone = new AbortController()
    const { handler, failures } = testEndpoint({
      authorize: () => {
        gone.abort()
        throw new Error('a mistake')
      },
    })
    await handler.respond(new Request(tokenRequest(), { signal: gone.signal }))
    expect(failures).toHaveLength(1)
  })

  it('had gone before: the signal says so at once', async () => {
    let signal: AbortSignal | undefined
    const { handler } = testEndpoint({
      authorize: (ask) => {
        ;({ signal } = ask)
        return deny()
      },
    })
    const request = new Request(tokenRequest(), { signal: AbortSignal.abort() })
    await handler.respond(request, { parsedBody: { channel: 'room-42', uid: 7 } })
    expect(signal).toMatchObject({ aborted: true })
  })
})

async function authorize({ subject, wish }: Ask<User>): Promise<Decision> {
  await pause()
  if (subject.id.endsWith('3')) return deny()
  if (wish.channel !== `room-${subject.id}`) throw new Error('mixed up')
  await pause()
  return allow({ identity: { account: subject.id } })
}

function requestOf(caller: number): Request {
  const headers = { authorization: `user-${caller}`, 'x-request-id': `caller-${caller}` }
  return tokenRequest({ channel: `room-user-${caller}`, ttl: 60 + caller }, { headers })
}

function expectOwn(reply: TokenReply, caller: number): void {
  const [claims] = (decodeToken(reply.token) as { services: readonly object[] }).services
  expect(claims).toMatchObject({ channel: `room-user-${caller}`, user: `user-${caller}` })
  expect(reply).toMatchObject({ account: `user-${caller}`, expiresIn: 60 + caller })
}

// A handful of turns of the event loop, in no order.
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
}
