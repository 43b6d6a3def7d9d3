import type { Endpoint } from '../request/endpoint.ts'
import type { Asked } from '../request/request-state.ts'
import { authenticate } from '../request/authenticate.ts'
import { countRequest, mint } from '../mint/mint.ts'
import { checkMediaType, parseBody } from '../http/parse-body.ts'
import { readBody } from '../http/read-body.ts'
import { jsonReply, type PlainReply } from '../http/reply.ts'
import type { Settings } from '../options/settings.ts'

/** `POST …/v1/tokens`: mints and renews. @internal */
export function tokensEndpoint<S>(settings: Settings<S>): Endpoint {
  return {
    name: 'tokens',
    methods: ['POST'],
    mints: true,
    async answer(asked: Asked): Promise<PlainReply> {
      const { request, context, requestId } = asked
      settings.cors.refuseForeignPage(request)
      checkMediaType(request)
      await countRequest({ settings, asked }, 'ip', context.ip)
      const body = await readBody(request, context, settings.timeoutMs)
      const { minting, subject } = await authenticate(settings, asked, settings.authenticate)
      return jsonReply(await mint(minting, subject, () => parseBody(body)), requestId)
    },
  }
}
