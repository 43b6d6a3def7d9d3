import type { Endpoint } from '../request/endpoint.ts'
import { fingerprint } from '@rtc-token/core'

import { countRequest } from '../mint/mint.ts'
import { cachedReply, type CachedText } from '../http/reply.ts'
import type { BaseSettings } from '../options/settings.ts'

/**
 * `GET …/v1/openapi.json`: the contract of this endpoint. Written once, and counted by address, since
 * anyone may ask for it.
 *
 * @internal
 */
export function openApiEndpoint(settings: BaseSettings, document: () => object): Endpoint {
  let written: CachedText | undefined
  return {
    name: 'openapi',
    methods: ['GET', 'HEAD'],
    async answer(asked) {
      const { request, context, requestId } = asked
      await countRequest({ settings, asked }, 'ip', context.ip)
      written ??= write(document())
      return cachedReply(written, request.headers.get('if-none-match'), requestId)
    },
  }
}

function write(document: object): CachedText {
  const text = JSON.stringify(document)
  return { text, etag: `"${fingerprint(text)}"` }
}
