import { jsonReply } from '../http/reply.ts'
import { mint } from '../mint/mint.ts'
import type { Settings } from '../options/settings.ts'
import type { Endpoint } from '../request/endpoint.ts'

/** `POST …/v1/tokens`: issues and renews tokens. @internal */
export function tokensEndpoint<S>(settings: Settings<S>): Endpoint<S> {
  return {
    name: 'tokens',
    methods: ['POST'],
    mints: true,
    async answer(state, _found, { subject, json }) {
      return jsonReply(await mint(settings, state, subject, json), state.requestId)
    },
  }
}
