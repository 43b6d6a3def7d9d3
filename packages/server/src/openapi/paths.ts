import type { BaseSettings } from '../options/settings.ts'
import { compatPaths } from './compat-paths.ts'
import type { JsonMembers } from './json.ts'
import { headersOf, isLimited } from './headers.ts'
import { guardedOperation, jsonResponse } from './operation.ts'
import { problemRefs } from './problem-responses.ts'
import { ref } from './reference.ts'

/** The paths that are open. @internal */
export function pathsOf(settings: BaseSettings): Readonly<Record<string, JsonMembers>> {
  const { inspect, openapi, health, compat } = settings
  return {
    '/v1/tokens': { post: mintOperation(settings) },
    ...(inspect ? { '/v1/tokens/inspect': { post: inspectOperation(settings) } } : {}),
    ...(openapi ? { '/v1/openapi.json': { get: openApiOperation(settings) } } : {}),
    ...(health
      ? { '/healthz': { get: HEALTH_OPERATION }, '/readyz': { get: READY_OPERATION } }
      : {}),
    ...(compat ? compatPaths(settings) : {}),
  }
}

function mintOperation(settings: BaseSettings): JsonMembers {
  return guardedOperation(settings, {
    operationId: 'createToken',
    summary: 'Mints a token, or renews one',
    security: 'application',
    body: ref('schemas', 'TokenRequest'),
    reply: ref('schemas', 'TokenReply'),
  })
}

function inspectOperation(settings: BaseSettings): JsonMembers {
  return guardedOperation(settings, {
    operationId: 'inspectToken',
    summary: 'Explains why a token is refused',
    security: 'inspector',
    body: ref('schemas', 'InspectRequest'),
    reply: ref('schemas', 'Explanation'),
  })
}

function openApiOperation(settings: BaseSettings): JsonMembers {
  const isCounted = isLimited(settings)
  return openOperation('readContract', 'This document', {
    200: jsonResponse('OpenAPI 3.1', { type: 'object' }, isCounted, ['ETag']),
    304: { description: 'The one that the caller has', headers: headersOf(isCounted, ['ETag']) },
    ...(isCounted ? problemRefs(settings, [429, 503]) : {}),
  })
}

const HEALTH_OPERATION = openOperation('readHealth', 'Tells whether the process is up', {
  200: jsonResponse('It is', {
    type: 'object',
    required: ['status'],
    properties: { status: { const: 'ok' } },
  }),
})

const READY_OPERATION = openOperation('readReadiness', 'Tells whether to send requests here', {
  200: jsonResponse('Yes', ref('schemas', 'Readiness')),
  503: jsonResponse('Not now', ref('schemas', 'Readiness')),
})

function openOperation(operationId: string, summary: string, responses: JsonMembers): JsonMembers {
  return {
    operationId,
    summary,
    security: [],
    parameters: [ref('parameters', 'RequestId')],
    responses,
  }
}
