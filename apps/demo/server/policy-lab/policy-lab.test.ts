import { describe, expect, it } from 'vitest'
import { createPolicyLab, type LabAnswer, type PolicyLab } from './policy-lab.ts'

const STAGE = 'tenant-acme-stage'
const TOKEN = /00[67][A-Za-z0-9+/]{30}/

function ask(person: string, body: object, lab: PolicyLab = createPolicyLab()): Promise<LabAnswer> {
  return lab.ask({ person, body: { channel: STAGE, ...body } })
}

const reached = ({ steps }: LabAnswer): readonly string[] =>
  steps.flatMap(({ name, ms }) => (ms === null ? [] : [name]))

describe('the policy lab', () => {
  it.each([
    ['hana', { role: 'publisher' }, 1001, 'publisher', 3600],
    ['sam', { role: 'publisher' }, 1002, 'publisher', 900],
    ['lin', {}, 1003, 'subscriber', 900],
  ])('grants %s what the policy says', async (person, body, uid, role, expiresIn) => {
    const { reply, event, steps } = await ask(person, body)
    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({ uid, role, expiresIn })
    expect(event).toMatchObject({ type: 'token.issued', subjectId: person, channel: STAGE })
    expect(steps.every(({ ms }) => ms !== null)).toBe(true)
    expect(reply.headers['server-timing']).toContain('authorize;dur=')
  })

  it.each([
    ['ben', {}, 403, 'forbidden'],
    ['olga', {}, 403, 'channel_forbidden'],
    ['lin', { role: 'publisher' }, 403, 'role_forbidden'],
    ['lin', { uid: 1001 }, 403, 'identity_forbidden'],
    ['hana', { channel: '*' }, 400, 'wildcard_refused'],
    ['hana', { ttl: 1_795_288_141 }, 400, 'ttl_looks_absolute'],
    ['a caller without credentials', {}, 401, 'unauthenticated'],
  ])('refuses %s with %o: %i %s', async (person, body, status, code) => {
    const { reply, event, fingerprint } = await ask(person, body)
    expect(reply.body).toMatchObject({ status, code })
    expect(event).toMatchObject({ status, code })
    expect(fingerprint).toBeNull()
  })

  it('tells how far a request came', async () => {
    expect(reached(await ask('olga', {}))).toEqual(['authenticate', 'limit', 'authorize'])
    expect(reached(await ask('stranger', {}))).not.toContain('authorize')
  })

  it('renews by the fingerprint of a grant', async () => {
    const lab = createPolicyLab()
    const first = await ask('sam', { role: 'publisher' }, lab)
    const question = { person: 'sam', body: { previousToken: first.fingerprint } }
    const { request, reply, event, fingerprint } = await lab.ask(question)
    expect(event).toMatchObject({ type: 'token.renewed', channel: STAGE, role: 'publisher' })
    expect(reply.body).toMatchObject({ channel: STAGE, uid: 1002 })
    expect(request.body).toEqual({ previousToken: first.fingerprint })
    expect(fingerprint).not.toBe(first.fingerprint)
  })

  it('refuses a renewal of another user’s grant', async () => {
    const lab = createPolicyLab()
    const { fingerprint } = await ask('sam', {}, lab)
    const { reply } = await ask('lin', { previousToken: fingerprint }, lab)
    expect(reply.body).toMatchObject({ code: 'identity_forbidden' })
  })

  it('refuses a caller who asks too often', async () => {
    const lab = createPolicyLab()
    for (let times = 0; times < 30; times += 1) await ask('lin', {}, lab)
    const { reply } = await ask('lin', {}, lab)
    expect(reply.status).toBe(429)
    expect(reply.headers).toHaveProperty('retry-after')
    expect((await ask('sam', {}, lab)).reply.status).toBe(200)
  })

  it('shows no token and no pass', async () => {
    const lab = createPolicyLab()
    const first = await ask('hana', {}, lab)
    const answers = [first, await ask('hana', { previousToken: first.fingerprint }, lab)]
    expect(JSON.stringify(answers)).not.toMatch(TOKEN)
    expect(first.request.headers['authorization']).toBe('Bearer (the pass of this user)')
  })
})
