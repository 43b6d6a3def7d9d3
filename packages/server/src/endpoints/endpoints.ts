import { fingerprint } from '@rtc-token/core'

import type { Endpoint, OpenEndpoint } from '../request/endpoint.ts'
import { healthEndpoint, type Readiness, readyEndpoint } from './readiness.ts'
import type { Route } from '../http/routes.ts'
import type { Settings } from '../options/settings.ts'
import { cachedReply, type CachedText, jsonReply } from '../http/reply.ts'
import { mint } from '../mint/mint.ts'
import { compatRoutes } from './compat.ts'
import { inspectEndpoint } from './inspect.ts'

/** Functions that the endpoints take their answers from. @internal */
export interface Sources {
  readonly openapi: () => object
  readonly readiness: () => Promise<Readiness>
}

/** The endpoints that the options enable, the most used one first. @internal */
export function endpointsOf<S>(
  settings: Settings<S>,
  { openapi, readiness }: Sources,
): readonly Route<Endpoint<S>>[] {
  const { inspect, compat, health } = settings
  const routes: Route<Endpoint<S>>[] = [{ path: '/v1/tokens', endpoint: tokensEndpoint(settings) }]
  if (inspect) {
    const endpoint = inspectEndpoint(settings, inspect.authenticate)
    routes.push({ path: '/v1/tokens/inspect', endpoint })
  }
  if (settings.openapi)
    routes.push({ path: '/v1/openapi.json', endpoint: openApiEndpoint(openapi) })
  if (health) {
    routes.push({ path: '/healthz', endpoint: healthEndpoint })
    routes.push({ path: '/readyz', endpoint: readyEndpoint(readiness) })
  }
  return compat ? [...routes, ...compatRoutes(settings)] : routes
}

/** `POST …/v1/tokens`: issues and renews tokens. */
function tokensEndpoint<S>(settings: Settings<S>): Endpoint<S> {
  return {
    name: 'tokens',
    methods: ['POST'],
    mints: true,
    async answer(state, _found, { subject, json }) {
      return jsonReply(await mint(settings, state, subject, json), state.requestId)
    },
  }
}

/**
 * `GET …/v1/openapi.json`: the contract of this endpoint. It is serialised once. Requests are limited by address,
 * because they need no credentials.
 */
function openApiEndpoint(document: () => object): OpenEndpoint {
  let written: CachedText | undefined
  return {
    name: 'openapi',
    methods: ['GET', 'HEAD'],
    access: 'counted',
    answer({ request, requestId }) {
      written ??= write(document())
      return cachedReply(written, request.headers.get('if-none-match'), requestId)
    },
  }
}

function write(document: object): CachedText {
  const text = JSON.stringify(document)
  return { text, etag: `"${fingerprint(text)}"` }
}
