import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createFind } from '../web/search/find.ts'
import { DIST } from './support/built-site.ts'

const module: { readonly default: string } = await import(
  /* @vite-ignore */ pathToFileURL(`${DIST}search-index.js`).href
)
const find = createFind(module.default)

/** What people ask, and pages of which one stands among the first three. */
const QUESTIONS: readonly (readonly [question: string, page: RegExp])[] = [
  ['token expired while offline', /^what-happens/],
  ['error 110', /^errors\/sdk\/.*110/],
  ['kick a user', /^removing-a-user/],
  ['CAN_NOT_GET_GATEWAY_SERVER dynamic key expired', /^errors\/sdk\/web-.*dynamic-key-expired/],
  ['rate_limited', /^errors\/rate_limited/],
  ['how many machines do I need', /^sizing/],
  ['Express', /^packages\/server/],
  ['React hook', /^packages\/client-renewer/],
  ['docker', /^(?:standalone|processes)/],
  ['rotate the certificate', /^(?:rotation|packages\/(?:server|core))/],
  ['blocked by CORS policy', /^cors/],
  ['apikey is not allowed by Access-Control-Allow-Headers in preflight response', /^cors/],
  ['Grafana dashboard', /^monitoring/],
  ['Prometheus alerts', /^monitoring/],
  ['test my policy', /^policies/],
  ['webinar raise hand', /^policies/],
  ['several App IDs tenants', /^policies/],
  ['Vercel', /^hosts/],
  ['load balancer Lambda', /^hosts/],
  ['koa-bodyparser', /^hosts/],
  ['SvelteKit', /^stores/],
  ['agora-rtm-sdk renew token', /^(?:sdks|packages\/client-renewer)/],
  ['Electron', /^(?:sdks|adapters|packages\/client-renewer)/],
  ['renewer phases', /^phases/],
  ['require ERR_REQUIRE_ESM', /^bundlers/],
  ['ERR_DYNAMIC_KEY_TIMEOUT', /^errors\/sdk/],
  ['TOKEN_MALFORMED', /^errors\/token\/TOKEN_MALFORMED/],
  ['Auth0 audience', /^identity-providers/],
  ['token for cloud recording', /^which-token/],
  ['agora-access-token drop-in', /^(?:moving|packages\/core)/],
  ['jest cannot find module', /^bundlers/],
]

describe('the search', () => {
  it.each(QUESTIONS)('%s', (question, page) => {
    const found = find(question).slice(0, 3)
    expect(found.map(({ id }) => id)).toContainEqual(expect.stringMatching(page))
  })

  it('puts the page first whose title was typed', () => {
    expect(find('rate limited')[0]?.id).toBe('errors/rate_limited.html')
    expect(find('TOKEN_EXPIRED')[0]?.id).toBe('errors/token/TOKEN_EXPIRED.html')
  })

  it('finds nothing where there is nothing', () => {
    expect(find('zzzzqqqq')).toEqual([])
    expect(find('')).toEqual([])
  })
})
