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
  // As people type them in forums and into search engines.
  ['quickstart', /^start/],
  ['getting started', /^start/],
  ['tutorial', /^start/],
  ['hello world', /^start/],
  ['seven days', /^refused.*#it-has-expired/],
  ['token for a week', /^refused.*#it-has-expired/],
  ['longer than 24 hours', /^(?:refused|which-token)/],
  ['same token', /^moving-endpoint.*#8-/],
  ['second call', /^refused.*#the-token-of-the-first-call/],
  ['hang up', /^refused.*#the-token-of-the-first-call/],
  ['rejoin after leave', /^refused.*#the-token-of-the-first-call/],
  ['renewToken rejects', /^(?:refused|errors\/sdk)/],
  ['renewToken not working', /^refused/],
  ['dynamic key expired', /^errors\/sdk\/web-.*dynamic-key-expired/],
  ['invalid token', /^(?:refused|errors\/sdk\/.*invalid-token)/],
  ['expired token', /^(?:refused|errors\/sdk|errors\/token\/TOKEN_EXPIRED)/],
  ["can't join", /^refused/],
  ['can’t join the channel', /^refused/],
  ['mute everybody', /^(?:agora-rest|removing-a-user)/],
  ['node express example', /^(?:start|packages\/server)/],
  ['token server docker', /^standalone/],
  ['110', /^errors\/sdk\/.*110/],
  ['109', /^errors\/sdk\/.*109/],
  ['uid 0', /^(?:refused|moving-endpoint.*#4-)/],
  ['uid zero', /^(?:refused|moving-endpoint.*#4-)/],
  ['string uid', /^refused.*#users-with-a-uuid/],
  ['uuid', /^refused.*#users-with-a-uuid/],
  ['uuid 110', /^refused.*#users-with-a-uuid/],
  ['temporary token works, own token 110', /^refused/],
  ['console token works, mine does not', /^refused/],
  ['rtm token', /^(?:which-token|refused.*#a-token-for-a-call-in-signaling)/],
  ['how long', /^which-token/],
  ['token expiration time', /^(?:which-token|start|refused)/],
  ['renew automatically', /^packages\/client-renewer/],
  ['firebase cloud functions', /^(?:hosts|identity-providers)/],
  ['screen sharing token', /^(?:which-token|ui-kits)/],
  ['screen share uid', /^(?:which-token|ui-kits)/],
  ['tokenUrl', /^ui-kits/],
  ['read only user', /^which-token/],
  ['listener can speak', /^(?:policies|which-token|moving-endpoint)/],
  ['decode token', /^(?:inspector|packages\/core|cli)/],
  ['certificate leaked', /^rotation/],
  ['python', /^(?:tickets|moving-builders)/],
  ['createTokenHandler', /^(?:reference\/server|packages\/server)/],
  ['allocateUid', /^reference\/server/],
]

/** As before, among the first two: what readers of the site typed and did not find. */
const FIRST_TWO: typeof QUESTIONS = [
  ['guest join with a link only listen', /^policies.*#guests-with-tickets/],
  ['listen only guest link', /^policies.*#guests-with-tickets/],
  ['invite link', /^policies.*#guests-with-tickets/],
  ['anonymous visitor', /^policies.*#guests-with-tickets/],
  ['join with a link', /^(?:policies.*#guests-with-tickets|tickets)/],
  ['banned come back', /^removing-a-user/],
  ['banned user comes back', /^removing-a-user/],
  ['kick for good', /^removing-a-user/],
  ['screenshare', /^which-token.*#screen-sharing/],
  ['share screen', /^which-token.*#screen-sharing/],
  ['share my screen', /^which-token.*#screen-sharing/],
  ['Date.now()/1000+3600 agora-token', /^(?:moving-endpoint.*#9-|scan.*#moment-as-length)/],
  ['Math.floor(Date.now() / 1000) + 3600', /^(?:moving-endpoint.*#9-|scan.*#moment-as-length)/],
  ['privilege expire vs token expire', /^which-token.*#token-expire/],
  ['works on web, not on android', /^refused.*#works-on-the-web/],
  ['RTM login fails error 5 after an hour', /^errors\/sdk\/rtm-v1-login-[56]/],
  ['RTM login error 5', /^errors\/sdk\/rtm-v1-login-5/],
  ['flutter', /^ui-kits/],
  ['flutter uikit', /^ui-kits/],
  ['firebase function', /^hosts.*#supabase-and-firebase/],
]

const LAST = /^(?:reference|decisions)\//

describe('the search', () => {
  it.each(QUESTIONS)('%s', (question, page) => {
    const found = find(question).slice(0, 3)
    expect(found.map(({ id }) => id)).toContainEqual(expect.stringMatching(page))
  })

  it.each(FIRST_TWO)('%s', (question, page) => {
    const found = find(question).slice(0, 2)
    expect(found.map(({ id }) => id)).toContainEqual(expect.stringMatching(page))
  })

  it('seeks a stop word with a synonym by that alone', () => {
    expect(find('link').map(({ id }) => id)).not.toContainEqual(expect.stringMatching(/linkstate/))
    expect(find('link')).not.toEqual([])
    expect(find('only with')).toEqual([])
  })

  it.each([...QUESTIONS, ...FIRST_TWO])(
    '%s: no reference or decision stands before the page sought',
    (question, page) => {
      const ids = find(question).map(({ id }) => id)
      const before = ids.slice(
        0,
        ids.findIndex((id) => page.test(id)),
      )
      expect(before.filter((id) => LAST.test(id))).toEqual([])
    },
  )

  it('puts the page first whose title was typed', () => {
    expect(find('rate limited')[0]?.id).toBe('errors/rate_limited.html')
    expect(find('TOKEN_EXPIRED')[0]?.id).toBe('errors/token/TOKEN_EXPIRED.html')
  })

  it('takes a word that every object has for a word', () => {
    expect(() => find('constructor')).not.toThrow()
  })

  it('finds nothing where there is nothing', () => {
    expect(find('zzzzqqqq')).toEqual([])
    expect(find('')).toEqual([])
  })
})
