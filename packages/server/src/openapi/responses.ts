import { PROBLEM_STATUS } from '@rtc-token/core/contract'

import { fromNames, type JsonMembers, when } from './prune.ts'
import { like, ref, TEXT } from './schemas.ts'

const ALWAYS = { required: true, schema: TEXT }

/** The headers of replies. @internal */
export const HEADERS: JsonMembers = {
  'Cache-Control': { required: true, schema: { enum: ['no-store', 'no-cache'] } },
  Vary: { required: true, schema: { const: 'Origin, Authorization, Cookie' } },
  'X-Content-Type-Options': { required: true, schema: { const: 'nosniff' } },
  'X-Request-Id': like(ALWAYS, 'The id under which the server logged the request.'),
  ...when(['openapi'], {
    ETag: like(
      ALWAYS,
      'The version of the document. Sent back in If-None-Match, it saves the download.',
    ),
  }),
  ...when(['limits'], {
    RateLimit: {
      description: 'What is left of each limit, and the seconds until it resets.',
      schema: { type: 'string', examples: ['"subject";r=17;t=42'] },
    },
    'RateLimit-Policy': {
      description: 'The requests that each limit allows, and its window in seconds.',
      schema: { type: 'string', examples: ['"subject";q=20;w=60'] },
    },
  }),
  'Retry-After': {
    description: 'Seconds to wait before asking again.',
    required: true,
    schema: { type: 'integer', minimum: 0 },
  },
  Allow: like(ALWAYS, 'The methods of this path.'),
  'WWW-Authenticate': like(ALWAYS, 'How to authenticate.'),
}

/** The headers of every reply. @internal */
export const PLAIN: JsonMembers = headers(
  'Cache-Control',
  'Vary',
  'X-Content-Type-Options',
  'X-Request-Id',
)
/** The headers of a reply that counts towards limits. @internal */
export const COUNTED: JsonMembers = {
  ...PLAIN,
  ...when(['limits'], headers('RateLimit', 'RateLimit-Policy')),
}
/** The headers of a reply that callers may cache. @internal */
export const CACHED: JsonMembers = { ...COUNTED, ...headers('ETag') }

const MORE: Readonly<Record<number, JsonMembers>> = {
  401: headers('WWW-Authenticate'),
  405: headers('Allow'),
  429: headers('Retry-After'),
  503: headers('Retry-After'),
}

/** The replies other than 200, by status. @internal */
export const RESPONSES: JsonMembers = Object.fromEntries(
  Object.values(PROBLEM_STATUS).flatMap((status) => Object.entries(problem(status))),
)

function problem(status: number): JsonMembers {
  const narrowed = { status: { const: status }, code: { enum: `{{codes${status}}}` } }
  const both = { allOf: [ref('Problem'), { properties: narrowed }] }
  const response = {
    description: `{{titles${status}}}`,
    headers: { ...COUNTED, ...MORE[status] },
    content: { 'application/problem+json': { schema: both } },
  }
  return when(status === 429 ? ['limits'] : [], { [`Problem${status}`]: response })
}

/** Points to the replies with these statuses. @internal */
export function problems(...statuses: readonly number[]): JsonMembers {
  const names = statuses.map(String)
  return fromNames(names, (status) => ({ $ref: `#/components/responses/Problem${status}` }))
}

function headers(...names: readonly string[]): JsonMembers {
  return fromNames(names, (name) => ({ $ref: `#/components/headers/${name}` }))
}
