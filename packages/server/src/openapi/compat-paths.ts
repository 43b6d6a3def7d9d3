import type { ServiceName } from '@rtc-token/core/contract'

import type { BaseSettings } from '../options/settings.ts'
import type { JsonMembers } from './json.ts'
import { expireSchema, expirySchema } from './life-schemas.ts'
import { ACCOUNT, CHANNEL, UID, USER_ID } from './name-schemas.ts'
import { guardedOperation, jsonResponse } from './operation.ts'
import { ref } from './reference.ts'

const TEXT: JsonMembers = { type: 'string' }
const CALL = {
  channel: CHANNEL,
  role: { ...TEXT, description: '`publisher`; everything else is a subscriber.' },
  kind: { enum: ['uid', 'userAccount'] },
  user: { ...ACCOUNT, description: 'Of kind `uid`: 1 to 4294967295 in decimal.' },
}
const USER = { user: { ...USER_ID, not: { const: '0' } } }
const CALL_AND_USER = { ...CALL, user: { ...USER.user, description: CALL.user.description } }

const USER_UID = { oneOf: [UID, USER_ID] }

/** An old route: where it is, what it needs, what it answers. */
interface OldRoute {
  readonly path: string
  readonly operationId: string
  readonly services: readonly ServiceName[]
  readonly inPath: JsonMembers
  readonly answers: readonly string[]
}

const ROUTES: readonly OldRoute[] = [
  {
    path: '/rtc/{channel}/{role}/{kind}/{user}',
    operationId: 'getRtcToken',
    services: ['rtc'],
    inPath: CALL,
    answers: ['rtcToken'],
  },
  {
    path: '/rte/{channel}/{role}/{kind}/{user}',
    operationId: 'getRteToken',
    services: ['rtc', 'rtm'],
    inPath: CALL_AND_USER,
    answers: ['rtcToken', 'rtmToken'],
  },
  {
    path: '/rte/{channel}/{role}/{kind}/{user}/{rtmUser}',
    operationId: 'getRteTokenOfUser',
    services: ['rtc', 'rtm'],
    inPath: { ...CALL_AND_USER, rtmUser: { ...TEXT, description: 'The same as `user`.' } },
    answers: ['rtcToken', 'rtmToken'],
  },
  {
    path: '/rtm/{user}',
    operationId: 'getRtmToken',
    services: ['rtm'],
    inPath: USER,
    answers: ['rtmToken'],
  },
  {
    path: '/chat/account/{user}',
    operationId: 'getChatToken',
    services: ['chat'],
    inPath: USER,
    answers: ['chatToken'],
  },
]

/** The routes of agora-token-service whose services are on offer. @internal */
export function compatPaths(settings: BaseSettings): Readonly<Record<string, JsonMembers>> {
  const open = ROUTES.filter((route) =>
    route.services.every((service) => settings.services.includes(service)),
  )
  return {
    ...Object.fromEntries(open.map((route) => [route.path, pathOf(settings, route)])),
    '/getToken': { post: getTokenOperation(settings) },
    '/ping': { get: PING_OPERATION },
  }
}

const PING_OPERATION: JsonMembers = {
  operationId: 'ping',
  summary: 'Tells whether the process is up, for clients of agora-token-service',
  security: [],
  parameters: [ref('parameters', 'RequestId')],
  deprecated: true,
  responses: {
    200: jsonResponse('It is', {
      type: 'object',
      required: ['message'],
      properties: { message: { const: 'pong' } },
    }),
  },
}

function pathOf(settings: BaseSettings, route: OldRoute): JsonMembers {
  const operation = guardedOperation(settings, {
    operationId: route.operationId,
    summary: `${route.services.join(' and ')}, for clients of agora-token-service`,
    security: 'application',
    reply: replyOf(route.answers),
  })
  const inPath = Object.entries(route.inPath).map(([name, schema]) => ({
    name,
    in: 'path',
    required: true,
    schema,
  }))
  const expiry = { name: 'expiry', in: 'query', schema: expirySchema(settings.ttl) }
  return { parameters: [...inPath, expiry], get: { ...operation, deprecated: true } }
}

function getTokenOperation(settings: BaseSettings): JsonMembers {
  const operation = guardedOperation(settings, {
    operationId: 'getToken',
    summary: 'One service, for clients of agora-token-service',
    security: 'application',
    body: getTokenBody(settings),
    reply: replyOf(['token']),
  })
  return { ...operation, deprecated: true }
}

// Further members are not refused here: the old clients send some.
function getTokenBody({ services, ttl }: BaseSettings): JsonMembers {
  return {
    type: 'object',
    required: ['tokenType', 'uid'],
    properties: {
      tokenType: { enum: services },
      channel: { ...TEXT, description: 'Needed for `rtc`. With `rtm`: a stream channel.' },
      role: CALL.role,
      uid: { oneOf: [UID, ACCOUNT], description: 'For `rtc`, digits are a uid.' },
      expire: expireSchema(ttl),
    },
    oneOf: [
      {
        required: ['channel'],
        properties: { tokenType: { const: 'rtc' }, channel: CHANNEL },
      },
      {
        properties: {
          tokenType: { const: 'rtm' },
          uid: USER_UID,
          channel: services.includes('rtc') ? { oneOf: [{ const: '' }, CHANNEL] } : { const: '' },
        },
      },
      { properties: { tokenType: { const: 'chat' }, uid: USER_UID } },
    ],
  }
}

function replyOf(names: readonly string[]): JsonMembers {
  const properties = Object.fromEntries(names.map((name) => [name, TEXT]))
  return { type: 'object', required: names, properties }
}
