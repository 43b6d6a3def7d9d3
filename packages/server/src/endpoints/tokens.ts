import type { Asked } from '../asked.ts'
import { authenticate } from '../authenticate.ts'
import { countRequest, mint } from '../mint.ts'
import { checkMediaType, parseBody } from '../parse-request.ts'
import { readBody } from '../read-body.ts'
import { jsonReply, type PlainReply } from '../respond.ts'
import type { Settings } from '../settings.ts'
import type { Endpoint } from './endpoint.ts'

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
