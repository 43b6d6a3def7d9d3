import type { Endpoint, OpenEndpoint } from '../request/endpoint.ts'
import { type Authorizer, deny } from '../policy/policy.ts'
import { isJsonObject, type JsonObject } from '../checks/kind.ts'
import { mint } from '../mint/mint.ts'
import { jsonReply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import type { Settings } from '../options/settings.ts'
import {
  type ReadOldPath,
  secondsOf,
  wishOfCall,
  wishOfGetToken,
  wishOfUser,
} from './compat-wish.ts'
import type { RequestState } from '../request/request-state.ts'
import { NO_HEADERS } from '../http/cors.ts'
import { checkCoding, checkMediaType } from '../http/body.ts'

/** An old route with its values in the path. */
interface OldRoute {
  readonly path: string
  readonly wish: ReadOldPath
  /** The members of the reply that hold the token. */
  readonly names: readonly string[]
}

// Browsers may send any scheme except `Bearer` by themselves.
const BY_BROWSERS = /^(?!bearer )./i
const CALL = ':channel/:role/:kind/:user'

// If two routes match, the first one is used.
const ROUTES: readonly OldRoute[] = [
  { path: `rtc/${CALL}`, wish: wishOfCall(['rtc']), names: ['rtcToken'] },
  ...[`rte/${CALL}/:rtmUser`, `rte/${CALL}`].map((path) => ({
    path,
    wish: wishOfCall(['rtc', 'rtm']),
    names: ['rtcToken', 'rtmToken'],
  })),
  { path: 'rtm/:user', wish: wishOfUser('rtm'), names: ['rtmToken'] },
  { path: 'chat/account/:user', wish: wishOfUser('chat'), names: ['chatToken'] },
]

const PING: OpenEndpoint = {
  name: 'ping',
  methods: ['GET'],
  access: 'open',
  answer: ({ requestId }) => jsonReply({ message: 'pong' }, requestId),
}

/**
 * The routes of agora-token-service, for clients with these routes built in. Each route is read as a wish, which goes
 * to the same policy. `DIFFERENCES.md` in this folder lists which requests are answered differently, and why.
 *
 * @internal
 */
export function compatRoutes<S>(given: Settings<S>): readonly Route<Endpoint<S>>[] {
  const settings = { ...given, authorize: allOrNothing(given.authorize) }
  const getToken = getTokenEndpoint(settings)
  return [
    ...ROUTES.map((old) => ({ path: `/${old.path}`, endpoint: getEndpoint(settings, old) })),
    { path: '/getToken', endpoint: getToken },
    { path: '/getToken/', endpoint: getToken },
    { path: '/ping', endpoint: PING },
    { path: '/ping/', endpoint: PING },
  ]
}

// Old clients cannot notice that their token lacks a requested service.
function allOrNothing<S>(authorize: Authorizer<S>): Authorizer<S> {
  return async (ask) => {
    const decision = await authorize(ask)
    const granted: unknown = isJsonObject(decision) ? decision['services'] : undefined
    if (!Array.isArray(granted)) return decision
    const { services } = ask.wish
    const missing = services.filter((service) => !granted.includes(service))
    const isPart = missing.length > 0 && missing.length < services.length
    return isPart ? deny('forbidden', `Not granted: ${missing.join(', ')}`) : decision
  }
}

function getEndpoint<S>(settings: Settings<S>, { path, wish, names }: OldRoute): Endpoint<S> {
  return {
    name: path,
    methods: ['GET'],
    mints: true,
    async answer(state, { values, query }, { subject }) {
      const read = (): JsonObject => ({ ...wish(values), ...ttlOf(query) })
      const { token } = await mint(settings, state, subject, read)
      return jsonReply(Object.fromEntries(names.map((name) => [name, token])), state.requestId)
    },
  }
}

function getTokenEndpoint<S>(settings: Settings<S>): Endpoint<S> {
  return {
    name: 'getToken',
    methods: ['POST'],
    mints: true,
    checkMediaType: checkOldMediaType,
    async answer(state, _found, { subject, json }) {
      const { token } = await mint(settings, state, subject, () => wishOfGetToken(json()))
      return jsonReply({ token }, state.requestId)
    },
  }
}

function ttlOf(query: string): JsonObject {
  const expiry = new URLSearchParams(query).get('expiry')
  return expiry === null ? {} : { ttl: secondsOf(expiry) }
}

/**
 * Accepts a body of any media type, as agora-token-service does, from programs and from pages that may read the
 * reply. Other pages must declare the body as JSON: a foreign page can send some other types without a preflight
 * request, with the cookies and credentials that its visitor's browser adds.
 *
 * @throws {Refusal} unsupported_media_type
 */
function checkOldMediaType({ request, corsHeaders }: RequestState): void {
  const { headers } = request
  const isSentAlong = headers.has('cookie') || BY_BROWSERS.test(headers.get('authorization') ?? '')
  const site = headers.get('sec-fetch-site')
  const isPage = site !== null || headers.has('origin')
  const mayRead = site === 'same-origin' || corsHeaders !== NO_HEADERS
  if (isSentAlong || (isPage && !mayRead)) checkMediaType(request)
  else checkCoding(request)
}
