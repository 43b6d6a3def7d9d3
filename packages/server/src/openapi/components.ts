import type { BaseSettings } from '../options/settings.ts'
import { explanationSchemas } from './explanation-schemas.ts'
import { headerComponents } from './headers.ts'
import type { JsonMembers } from './json.ts'
import { problemResponses } from './problem-responses.ts'
import { problemSchema } from './problem-schema.ts'
import { READINESS_SCHEMA } from './readiness-schema.ts'
import { tokenReplySchema } from './token-reply-schema.ts'
import { tokenRequestSchema } from './token-request-schema.ts'

/** What the paths share. @internal */
export function componentsOf(settings: BaseSettings): Readonly<Record<string, JsonMembers>> {
  return {
    schemas: schemasOf(settings),
    responses: problemResponses(settings),
    headers: headerComponents(settings),
    parameters: { RequestId: REQUEST_ID },
    securitySchemes: securitySchemesOf(settings),
  }
}

const REQUEST_ID: JsonMembers = {
  name: 'X-Request-Id',
  in: 'header',
  description: 'Names the request in the logs of both sides. Default: an id that the server makes.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,64}$' },
}

function schemasOf(settings: BaseSettings): JsonMembers {
  return {
    TokenRequest: tokenRequestSchema(settings),
    TokenReply: tokenReplySchema(settings),
    Problem: problemSchema(settings),
    ...(settings.inspect ? explanationSchemas() : {}),
    ...(settings.health ? { Readiness: READINESS_SCHEMA } : {}),
  }
}

function securitySchemesOf({ inspect }: BaseSettings): JsonMembers {
  return {
    application: bearer("The application's own: a session, a JWT or whatever else it reads."),
    ...(inspect ? { inspector: bearer('For those who may look into tokens.') } : {}),
  }
}

function bearer(description: string): JsonMembers {
  return { type: 'http', scheme: 'bearer', description }
}
