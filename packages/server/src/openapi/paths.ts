import { fromNames, type JsonMembers, when } from './prune.ts'
import { CACHED, COUNTED, PLAIN, problems } from './responses.ts'
import * as schemas from './schemas.ts'

const { ACCOUNT, CHANNEL, EXPIRE, EXPIRY, like, object, ref, TEXT, UID, USER_ID } = schemas

const GUARDED = { ...problems(400, 401, 403, 500, 503), ...when(['limits'], problems(429)) }
const GUARDED_WITH_BODY = { ...GUARDED, ...problems(408, 413, 415) }

const REQUEST = ref('TokenRequest')
const INSPECTION = ref('InspectRequest')
const BY_APPLICATION = { security: [{ application: [] }] }

const OLD = 'for clients of agora-token-service'
const OF_KIND = 'Of kind `uid`: 1 to 4294967295 in decimal.'
const OLD_ROLE = like(TEXT, '`publisher`; any other value means subscriber.')
const OLD_USER = { ...USER_ID, not: { const: '0' } }
const CALL = { channel: CHANNEL, role: OLD_ROLE, kind: { enum: ['uid', 'userAccount'] } }
const CALL_OF_RTM_USER = { ...CALL, user: like(OLD_USER, OF_KIND) }
const UID_OR_USER_ID = { oneOf: [UID, USER_ID] }

// Other members are allowed: clients of agora-token-service send some.
const OLD_BODY = {
  type: 'object',
  required: ['tokenType', 'uid'],
  properties: {
    tokenType: { enum: '{{services}}' },
    channel: like(TEXT, 'Needed for `rtc`. For `rtm`: a stream channel.'),
    role: OLD_ROLE,
    uid: { oneOf: [UID, ACCOUNT], description: 'For `rtc`, a string of digits is a uid.' },
    expire: EXPIRE,
  },
  oneOf: [
    { required: ['channel'], properties: { tokenType: { const: 'rtc' }, channel: CHANNEL } },
    { properties: { tokenType: { const: 'rtm' }, uid: UID_OR_USER_ID, channel: '{{rtmChannel}}' } },
    { properties: { tokenType: { const: 'chat' }, uid: UID_OR_USER_ID } },
  ],
}

/** The paths that the server answers. @internal */
export const PATHS: JsonMembers = {
  '/v1/tokens': {
    post: post('createToken', 'Mints a token, or renews one', REQUEST, ref('TokenReply')),
  },
  ...when(['inspect'], {
    '/v1/tokens/inspect': {
      post: {
        ...post('inspectToken', 'Explains why a token is refused', INSPECTION, ref('Explanation')),
        security: [{ inspector: [] }],
      },
    },
  }),
  ...when(['openapi'], {
    '/v1/openapi.json': {
      get: get('readContract', 'This document', {
        200: reply('OpenAPI 3.1', { type: 'object' }, CACHED),
        304: { description: 'The caller has this version already', headers: CACHED },
        ...when(['limits'], problems(429, 503)),
      }),
    },
  }),
  ...when(['health'], {
    '/healthz': {
      get: get('readHealth', 'Tells whether the process is up', {
        200: reply('Up', object([], { status: { const: 'ok' } })),
      }),
    },
    '/readyz': {
      get: get('readReadiness', 'Tells whether to send requests here', {
        200: reply('Ready', ref('Readiness')),
        503: reply('Not ready', ref('Readiness')),
      }),
    },
  }),
  ...old('/rtc/{channel}/{role}/{kind}/{user}', 'getRtcToken', ['rtc'], {
    ...CALL,
    user: like(ACCOUNT, OF_KIND),
  }),
  ...old('/rte/{channel}/{role}/{kind}/{user}', 'getRteToken', ['rtc', 'rtm'], CALL_OF_RTM_USER),
  ...old('/rte/{channel}/{role}/{kind}/{user}/{rtmUser}', 'getRteTokenOfUser', ['rtc', 'rtm'], {
    ...CALL_OF_RTM_USER,
    rtmUser: like(TEXT, 'The same as `user`.'),
  }),
  ...old('/rtm/{user}', 'getRtmToken', ['rtm'], { user: OLD_USER }),
  ...old('/chat/account/{user}', 'getChatToken', ['chat'], { user: OLD_USER }),
  ...when(['compat'], {
    '/getToken': {
      post: {
        ...post('getToken', `One service, ${OLD}`, OLD_BODY, object([], { token: TEXT })),
        deprecated: true,
      },
    },
    '/ping': {
      get: {
        ...get('ping', `Tells whether the process is up, ${OLD}`, {
          200: reply('Up', object([], { message: { const: 'pong' } })),
        }),
        deprecated: true,
      },
    },
  }),
}

function old(
  path: string,
  operationId: string,
  services: readonly string[],
  inPath: JsonMembers,
): JsonMembers {
  const names = services.map((service) => `${service}Token`)
  const granted = object(
    [],
    fromNames(names, () => TEXT),
  )
  const responses = { 200: reply('Granted', granted, COUNTED), ...GUARDED }
  const operation = get(operationId, `${services.join(' and ')}, ${OLD}`, responses)
  const named = Object.keys(inPath).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: inPath[name]!,
  }))
  const parameters = [...named, { name: 'expiry', in: 'query', schema: EXPIRY }]
  return when(['compat', ...services], {
    [path]: { parameters, get: { ...operation, ...BY_APPLICATION, deprecated: true } },
  })
}

function post(
  operationId: string,
  summary: string,
  body: JsonMembers,
  granted: JsonMembers,
): JsonMembers {
  const responses = { 200: reply('Granted', granted, COUNTED), ...GUARDED_WITH_BODY }
  return {
    ...get(operationId, summary, responses),
    ...BY_APPLICATION,
    requestBody: { required: true, ...content(body) },
  }
}

function get(operationId: string, summary: string, responses: JsonMembers): JsonMembers {
  const parameters = [{ $ref: '#/components/parameters/RequestId' }]
  return { operationId, summary, security: [], parameters, responses }
}

function reply(
  description: string,
  schema: JsonMembers,
  headers: JsonMembers = PLAIN,
): JsonMembers {
  return { description, headers, ...content(schema) }
}

function content(schema: JsonMembers): JsonMembers {
  return { content: { 'application/json': { schema } } }
}
