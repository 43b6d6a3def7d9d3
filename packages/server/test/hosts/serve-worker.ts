import { cloudflareContext } from '../../src/adapters/request-context.ts'
import { hostEndpoint } from './host-endpoint.ts'

const handler = hostEndpoint()
const worker = {
  fetch: (request: Request): Promise<Response> =>
    handler.fetch(request, cloudflareContext(request)),
}

// oxlint-disable-next-line import/no-default-export -- workerd looks for the worker there
export { worker as default }
