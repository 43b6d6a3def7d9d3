import type { ServiceName, TokenReply } from '@rtc-token/core/contract'

import { authenticate } from '../authenticate.ts'
import { isJsonObject, type JsonObject } from '../json-object.ts'
import { countRequest, mint } from '../mint.ts'
import { checkMediaType, parseBody } from '../parse-request.ts'
import { readBody } from '../read-body.ts'
import { Refusal } from '../refusal.ts'
import { jsonReply } from '../respond.ts'
import type { Route } from '../routes.ts'
import type { Settings } from '../settings.ts'
import type { Endpoint, Found } from './endpoint.ts'
import { SERVICES } from '../service-names.ts'

/** What an old route asks for, in the words of this endpoint, and how it wants its answer. */
interface OldRequest {
  readonly wish: JsonObject
  readonly answer: (reply: TokenReply) => object
}

type ReadOld = (found: Found) => OldRequest

/**
 * The routes of agora-token-service, for clients that have them built in. They ask the same policy
 * for the same grant; the paths are only another way to spell a wish. Its `/chat/app/` is not among
 * them: a token for the whole chat of an app goes to nobody who asks over HTTP.
 *
 * @internal
 */
export function compatRoutes<S>(settings: Settings<S>): readonly Route<Endpoint>[] {
  const get = (path: string, read: ReadOld): Route<Endpoint> => ({
    path: `/${path}`,
    endpoint: getEndpoint(settings, path, read),
  })
  return [
    get('rtc/:channel/:role/:kind/:user', ({ values: [channel, role, kind, user], query }) => ({
      wish: { ...rtcWish(channel, role, kind, user), ...ttlOf(query) },
      answer: ({ token }) => ({ rtcToken: token }),
    })),
    get('rte/:channel/:role/:kind/:user', ({ values: [channel, role, kind, user], query }) => ({
      wish: { ...rtcWish(channel, role, kind, user), services: ['rtc', 'rtm'], ...ttlOf(query) },
      answer: ({ token }) => ({ rtcToken: token, rtmToken: token }),
    })),
    get('rtm/:user', ({ values: [account], query }) => ({
      wish: { services: ['rtm'], account: someone(account), ...ttlOf(query) },
      answer: ({ token }) => ({ rtmToken: token }),
    })),
    get('chat/account/:user', ({ values: [account], query }) => ({
      wish: { services: ['chat'], account: someone(account), ...ttlOf(query) },
      answer: ({ token }) => ({ chatToken: token }),
    })),
    { path: '/getToken', endpoint: getTokenEndpoint(settings) },
  ]
}

function getEndpoint<S>(settings: Settings<S>, path: string, read: ReadOld): Endpoint {
  return {
    name: path,
    methods: ['GET'],
    mints: true,
    async answer(asked, found) {
      settings.cors.refuseForeignPage(asked.request)
      await countRequest({ settings, asked }, 'ip', asked.context.ip)
      const { wish, answer } = read(found)
      const { minting, subject } = await authenticate(settings, asked, settings.authenticate)
      return jsonReply(answer(await mint(minting, subject, () => wish)), asked.requestId)
    },
  }
}

function getTokenEndpoint<S>(settings: Settings<S>): Endpoint {
  return {
    name: 'getToken',
    methods: ['POST'],
    mints: true,
    async answer(asked) {
      settings.cors.refuseForeignPage(asked.request)
      checkMediaType(asked.request)
      await countRequest({ settings, asked }, 'ip', asked.context.ip)
      const body = await readBody(asked.request, asked.context, settings.timeoutMs)
      const { minting, subject } = await authenticate(settings, asked, settings.authenticate)
      const reply = await mint(minting, subject, () => wishOfGetToken(parseBody(body)))
      return jsonReply({ token: reply.token }, asked.requestId)
    },
  }
}

// Its uid is text for both kinds: digits are a uid, all else is an account.
function wishOfGetToken(body: unknown): JsonObject {
  if (!isJsonObject(body)) throw new Refusal('invalid_request', 'The body must be a JSON object')
  const { tokenType, channel, role, uid, expire } = body
  const service = SERVICES.find((service) => service === tokenType)
  if (!service) throw new Refusal('invalid_request', '/tokenType: rtc, rtm or chat expected')
  if (uid === undefined) throw new Refusal('identity_invalid', '/uid: is required')
  const ttl = secondsOf(expire)
  return {
    services: [service],
    ...(service === 'rtc' ? { channel, role: roleOf(role) } : {}),
    ...identityOf(service, uid),
    ...(ttl === undefined || ttl === 0 ? {} : { ttl }),
  }
}

function identityOf(service: ServiceName, uid: unknown): JsonObject {
  const isUid = service === 'rtc' && typeof uid === 'string' && /^\d+$/.test(uid)
  return isUid || typeof uid === 'number' ? { uid } : { account: uid }
}

function rtcWish(channel = '', role = '', kind = '', user = ''): JsonObject {
  if (kind !== 'uid' && kind !== 'userAccount') {
    throw new Refusal('invalid_request', 'The token type is neither uid nor userAccount')
  }
  return { channel, role: roleOf(role), ...(kind === 'uid' ? { uid: user } : { account: user }) }
}

// As the old service reads it: whoever is not a publisher is a subscriber.
function roleOf(role: unknown): string {
  return role === 'publisher' ? 'publisher' : 'subscriber'
}

// To the old service 0 is nobody, also where it is a text.
function someone(account = ''): string {
  if (account !== '0') return account
  throw new Refusal('identity_invalid', '0 is no user id')
}

function ttlOf(query: string): JsonObject {
  const expiry = new URLSearchParams(query).get('expiry')
  return expiry === null ? {} : { ttl: secondsOf(expiry) }
}

// To the old service, digits without a unit are seconds.
function secondsOf(life: unknown): unknown {
  return typeof life === 'string' && /^\d{1,15}$/.test(life) ? Number(life) : life
}
