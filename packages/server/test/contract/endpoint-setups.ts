import { checkOptions } from '../../src/options/resolve-options.ts'
import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import { memoryLimiter } from '../../src/limit/memory-limiter.ts'
import { type OpenApiDocument, openApiDocument } from '../../src/openapi/document.ts'
import { allow } from '../../src/policy/policy.ts'
import type { Settings } from '../../src/options/settings.ts'
import { PROJECT, type User } from '../support/token-endpoint.ts'
import { EVERYTHING_OPEN } from './everything-open.ts'

type Options = Partial<TokenHandlerOptions<User>>

interface Operation {
  readonly operationId: string
  readonly responses: object
}

interface Schema {
  readonly properties: Readonly<Record<string, object>>
  readonly examples?: readonly unknown[]
}

/** Everything open, and counted by address. */
export const LIMITED: Options = {
  ...EVERYTHING_OPEN,
  limits: { perIp: memoryLimiter({ name: 'ip', limit: 9, windowSeconds: 60 }) },
}

/** A schema for params that can say what it is. */
export const PARAMS = {
  '~standard': {
    version: 1,
    validate: (value: unknown) => ({ value }),
    jsonSchema: {
      input: () => ({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        properties: { seat: { $ref: '#/$defs/seat' } },
        $defs: { seat: { type: 'integer' } },
      }),
    },
  },
} as const
/** Ways to set up an endpoint. */
export const SETUPS: readonly (readonly [string, Options])[] = [
  ['by default', {}],
  ['with everything open', EVERYTHING_OPEN],
  ['with limits', LIMITED],
  ['for messaging only', { services: ['rtm'], compat: { routes: 'agora-token-service' } }],
  ['in version 006', { version: '006' }],
  ['for short lives', { ttl: { min: 1, default: 2, max: 3 } }],
  ['with a schema for params', { params: PARAMS }],
  ['without itself', { openapi: false }],
]

/** Options as a handler understands them. */
export const settingsOf = (options: Options): Settings<User> =>
  checkOptions<User>({
    project: PROJECT,
    authenticate: () => null,
    authorize: ({ wish }) => allow({ role: wish.role }),
    ...options,
  })

/** The document of an endpoint. */
export const documentOf = (options: Options): OpenApiDocument =>
  openApiDocument(settingsOf(options))

/** A schema of a document. */
export const schemaOf = (document: OpenApiDocument, name: string): Schema =>
  document.components['schemas']?.[name] as unknown as Schema

/** All operations of a document. */
export const operationsOf = ({ paths }: OpenApiDocument): readonly Operation[] =>
  Object.values(paths)
    .flatMap((path) => [path['get'], path['post']])
    .filter((operation) => operation !== undefined) as unknown as Operation[]
