import type { OpenEndpoint } from '../request/endpoint.ts'
import { fingerprint } from '@rtc-token/core'

import { cachedReply, type CachedText } from '../http/reply.ts'

/**
 * `GET …/v1/openapi.json`: the contract of this endpoint. It is serialised once. Requests are limited by address,
 * because they need no credentials.
 *
 * @internal
 */
export function openApiEndpoint(document: () => object): OpenEndpoint {
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
