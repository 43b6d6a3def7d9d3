import { createToken, decodeToken, rtc } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'

import {
  expectProblem,
  granted,
  NOW,
  PROJECT,
  testEndpoint,
  tokenRequest,
} from '../../test/support/token-endpoint.ts'
import { allow } from '../policy/policy.ts'
import type { Project } from './project.ts'
import { readProjects } from './projects.ts'

const OTHER = { appId: 'a'.repeat(32), appCertificate: 'b'.repeat(32) }
const BOTH = { eu: PROJECT, us: OTHER }

describe('readProjects', () => {
  it('takes one project, which needs no name', () => {
    const projects = readProjects(PROJECT)
    expect(projects.named(undefined).appId).toBe(PROJECT.appId)
    expect(projects.all).toHaveLength(1)
    expect(() => projects.named('eu')).toThrow(TypeError)
  })

  it('finds each of several by its name and by its App ID', () => {
    const projects = readProjects(BOTH)
    expect(projects.named('us').appId).toBe(OTHER.appId)
    expect(projects.ofAppId(() => OTHER.appId)).toBe(projects.named('us'))
    expect(projects.ofAppId(() => 'c'.repeat(32))).toBeUndefined()
    expect(() => projects.named(undefined)).toThrow('one of eu, us')
    expect(() => projects.named('__proto__')).toThrow(TypeError)
  })

  it('takes one project that has a name, whether it is named or not', () => {
    const projects = readProjects({ eu: PROJECT })
    expect(projects.named(undefined).appId).toBe(PROJECT.appId)
    expect(projects.named('eu')).toBe(projects.named(undefined))
    expect(projects.ofAppId(() => OTHER.appId)).toBe(projects.named('eu'))
    expect(() => projects.named('us')).toThrow('must name one of eu')
  })

  it('takes a blank name for none of several', () => {
    const projects = readProjects({ '': PROJECT, us: OTHER })
    expect(() => projects.named(undefined)).toThrow(TypeError)
    expect(projects.named('').appId).toBe(PROJECT.appId)
  })

  it.each([[null], [undefined], ['text'], [[PROJECT]], [7]])('refuses %j', (option) => {
    expect(() => readProjects(option as unknown as Project)).toThrow(TypeError)
  })

  it('says which of several is malformed, without its certificate', () => {
    const broken = { ...BOTH, us: { ...OTHER, appCertificate: 'secret' } }
    expect(() => readProjects(broken)).toThrow(/^project\.us\.appCertificate has 6 characters/)
  })
})

describe('a handler of several projects', () => {
  const named = (project?: string) =>
    testEndpoint({
      project: BOTH,
      authorize: () => allow(project === undefined ? {} : { project }),
    })

  it('signs for the one that the grant names', async () => {
    for (const [name, { appId }] of Object.entries(BOTH)) {
      const reply = await granted(named(name).handler, tokenRequest())
      expect(reply.appId).toBe(appId)
      expect(decodeToken(reply.token).appId).toBe(appId)
    }
  })

  it.each([undefined, 'asia', 'toString'])('signs nothing for %s', async (name) => {
    const { handler, failures } = named(name)
    await expectProblem(handler, tokenRequest(), 'internal_error')
    expect(failures).toHaveLength(1)
  })

  it('renews for the project of the previous token, unnamed', async () => {
    const reply = await granted(named().handler, tokenRequest({ previousToken: tokenOf(OTHER) }))
    expect(reply.appId).toBe(OTHER.appId)
  })

  it('renews for no other project', async () => {
    const { handler } = named('eu')
    await expectProblem(handler, tokenRequest({ previousToken: tokenOf(OTHER) }), 'internal_error')
  })

  it.each([
    ['of a stranger', { ...PROJECT, appId: 'c'.repeat(32) }],
    ['with the certificate of the other', { ...PROJECT, appCertificate: OTHER.appCertificate }],
  ])('renews no token %s', async (_name, project) => {
    const request = tokenRequest({ previousToken: tokenOf(project) })
    await expectProblem(named().handler, request, 'previous_token_invalid')
  })
})

describe('a handler of one project that has a name', () => {
  it('mints and renews for a policy that names none', async () => {
    const { handler } = testEndpoint({ project: { eu: PROJECT } })
    const { appId, token } = await granted(handler, tokenRequest())
    expect(appId).toBe(PROJECT.appId)
    const again = await granted(handler, tokenRequest({ previousToken: token }))
    expect(again.appId).toBe(PROJECT.appId)
  })

  it('renews no token of another project', async () => {
    const { handler } = testEndpoint({ project: { eu: PROJECT } })
    const request = tokenRequest({ previousToken: tokenOf(OTHER) })
    await expectProblem(handler, request, 'previous_token_invalid')
  })
})

function tokenOf(project: { readonly appId: string; readonly appCertificate: string }): string {
  const services = [rtc({ channel: 'room-42', uid: 1234, role: 'subscriber' })]
  return createToken({ ...project, issuedAt: NOW, ttl: 600, services })
}
