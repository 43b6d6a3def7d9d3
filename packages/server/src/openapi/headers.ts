import type { BaseSettings } from '../options/settings.ts'
import type { JsonMembers } from './json.ts'
import { ref } from './reference.ts'

const ALWAYS = ['Cache-Control', 'Vary', 'X-Content-Type-Options', 'X-Request-Id']
const LIMITS: readonly string[] = ['RateLimit', 'RateLimit-Policy']

const HEADERS: JsonMembers = {
  'Cache-Control': always({ enum: ['no-store', 'no-cache'] }),
  ETag: always(
    { type: 'string' },
    'Names this text. Sent back as If-None-Match, it saves the text.',
  ),
  Vary: always({ const: 'Origin, Authorization, Cookie' }),
  'X-Content-Type-Options': always({ const: 'nosniff' }),
  'X-Request-Id': always({ type: 'string' }, 'The id under which the server logged the request.'),
  RateLimit: {
    description: 'What is left of each limit and the seconds until it is renewed.',
    schema: { type: 'string', examples: ['"subject";r=17;t=42'] },
  },
  'RateLimit-Policy': {
    description: 'How much each limit allows in how many seconds.',
    schema: { type: 'string', examples: ['"subject";q=20;w=60'] },
  },
  'Retry-After': always({ type: 'integer', minimum: 0 }, 'Seconds to wait before asking again.'),
  Allow: always({ type: 'string' }, 'The methods that are answered.'),
  'WWW-Authenticate': always({ type: 'string' }, 'How to say who asks.'),
}

/** The headers of replies, by their names. @internal */
export function headerComponents(settings: BaseSettings): JsonMembers {
  const isSent = (name: string): boolean =>
    LIMITS.includes(name) ? isLimited(settings) : name !== 'ETag' || settings.openapi
  return Object.fromEntries(Object.entries(HEADERS).filter(([name]) => isSent(name)))
}

/** Whether requests are counted at all. @internal */
export function isLimited({ limits }: BaseSettings): boolean {
  return Object.values(limits.enabled).includes(true)
}

/** The headers that a reply has: those of all replies, these, and what is left of the limits. @internal */
export function headersOf(isCounted: boolean, more: readonly string[] = []): JsonMembers {
  const names = [...ALWAYS, ...more, ...(isCounted ? LIMITS : [])]
  return Object.fromEntries(names.map((name) => [name, ref('headers', name)]))
}

function always(schema: JsonMembers, description?: string): JsonMembers {
  return { ...(description === undefined ? {} : { description }), required: true, schema }
}
