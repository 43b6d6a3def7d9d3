import type { BaseSettings } from '../options/settings.ts'
import { componentsOf } from './components.ts'
import type { JsonMembers } from './json.ts'
import { pathsOf } from './paths.ts'

/** An OpenAPI 3.1 document, as plain data: merge its paths and components into your own if you like. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: JsonMembers
  readonly servers: readonly JsonMembers[]
  readonly paths: Readonly<Record<string, JsonMembers>>
  readonly components: Readonly<Record<string, JsonMembers>>
}

const DESCRIPTION = [
  'Mints and renews tokens for Agora. The caller wishes, the policy of the server grants, the reply',
  'says what was granted. Any path that is not listed is answered with `Problem404`, any method that',
  'is not with `Problem405`. A page of another origin needs the permission of the server (CORS).',
].join(' ')

/**
 * Describes the endpoint as it is set up: only what is open, with its bounds. Says nothing of keys,
 * projects or policy.
 *
 * @internal
 */
export function openApiDocument(settings: BaseSettings): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: { title: 'Token endpoint', version: '1', description: DESCRIPTION },
    // As seen from `…/v1/openapi.json`: wherever the endpoint is mounted, nothing names the host.
    servers: [{ url: '..' }],
    paths: pathsOf(settings),
    components: componentsOf(settings),
  }
}
