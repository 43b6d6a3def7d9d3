import { PROBLEM_STATUS, PROBLEM_TITLES } from '@rtc-token/core/contract'

import type { BaseSettings } from '../options/settings.ts'
import { type JsonMembers, prune, when } from './prune.ts'
import { paramsJsonSchema } from './params-json-schema.ts'
import { PATHS } from './paths.ts'
import { HEADERS, RESPONSES } from './responses.ts'
import { CHANNEL, like, SCHEMAS } from './schemas.ts'

/** An OpenAPI 3.1 document as plain data. You can merge its paths and components into your own document. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: JsonMembers
  readonly servers: readonly JsonMembers[]
  readonly paths: Readonly<Record<string, JsonMembers>>
  readonly components: Readonly<Record<string, JsonMembers>>
}

const DESCRIPTION = [
  'Mints and renews tokens for Agora. The caller asks, the policy of the server decides, and',
  'the reply says what was granted. Other paths get `Problem404`, other methods `Problem405`. A page',
  'of another origin needs the permission of the server (CORS).',
].join(' ')

const REQUEST_ID = {
  name: 'X-Request-Id',
  in: 'header',
  description: 'Names the request in the logs of both sides. Default: an id that the server makes.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,64}$' },
}

const BEARER = { type: 'http', scheme: 'bearer' }

/** The document of an endpoint with every option enabled. */
const EVERYTHING: JsonMembers = {
  openapi: '3.1.1',
  info: { title: 'Token endpoint', version: '1', description: DESCRIPTION },
  // Relative to `…/v1/openapi.json`, so that the document names no host and fits every mount path.
  servers: [{ url: '..' }],
  paths: PATHS,
  components: {
    schemas: SCHEMAS,
    responses: RESPONSES,
    headers: HEADERS,
    parameters: { RequestId: REQUEST_ID },
    securitySchemes: {
      application: like(BEARER, 'A credential of the application, such as a session or a JWT.'),
      ...when(['inspect'], {
        inspector: like(BEARER, 'A credential of a caller that may inspect tokens.'),
      }),
    },
  },
}

/**
 * Describes the endpoint that the options configure: its routes, services and limits. The document contains no keys,
 * projects or policy.
 *
 * @internal
 */
export function openApiDocument(settings: BaseSettings): OpenApiDocument {
  const document: unknown = prune(EVERYTHING, factsOf(settings))
  return document as OpenApiDocument // oxlint-disable-line typescript/no-unsafe-type-assertion -- the shape of EVERYTHING
}

/** Creates the document once, at the first request for it, because most processes never get one. @internal */
export function lazyOpenApiDocument(settings: BaseSettings): () => OpenApiDocument {
  let document: OpenApiDocument | undefined
  return () => (document ??= openApiDocument(settings))
}

function factsOf(settings: BaseSettings): JsonMembers {
  const { inspect, openapi, health, compat, services, ttl } = settings
  const limits = Object.values(settings.limits.enabled).includes(true)
  const removals = settings.removals !== undefined
  const rtc = services.includes('rtc')
  const noChannel = { const: '' }
  return {
    inspect: inspect !== undefined,
    openapi,
    health,
    compat,
    limits,
    removals,
    ...Object.fromEntries(services.map((service) => [service, true])),
    services,
    defaultService: rtc ? 'rtc' : services[0]!,
    minTtl: ttl.min,
    maxTtl: ttl.max,
    defaultTtl: ttl.default,
    maxAccount: rtc ? 255 : 64,
    rtmChannel: rtc ? { oneOf: [noChannel, CHANNEL] } : noChannel,
    example: {
      ...(rtc ? { channel: 'room-42', role: 'publisher' } : { account: 'alice' }),
      ttl: ttl.default,
    },
    params: like(paramsJsonSchema(settings.params), 'For the policy, at most 1 KiB. Never signed.'),
    ...codesByStatus({ limits, removals }),
  }
}

// Codes that occur only with an option. A policy may refuse with `removed` without one.
const OPTION_OF: Readonly<Record<string, 'limits' | 'removals'>> = {
  rate_limited: 'limits',
  limiter_unavailable: 'limits',
  removals_unavailable: 'removals',
}
const TITLE_OF: Readonly<Record<string, string>> = PROBLEM_TITLES

/** The codes of each status, and a Markdown list of their titles. */
function codesByStatus(isSet: Readonly<Record<'limits' | 'removals', boolean>>): JsonMembers {
  const possible = Object.entries(PROBLEM_STATUS).filter(([code]) => {
    const option = OPTION_OF[code]
    return option === undefined || isSet[option]
  })
  const facts = Object.values(PROBLEM_STATUS).flatMap((status) => {
    const codes = possible.filter(([, its]) => its === status).map(([code]) => code)
    const titles = codes.map((code) => `- \`${code}\`: ${TITLE_OF[code]}.`).join('\n')
    return [
      [`codes${status}`, codes],
      [`titles${status}`, titles],
    ] as const
  })
  return Object.fromEntries(facts)
}
