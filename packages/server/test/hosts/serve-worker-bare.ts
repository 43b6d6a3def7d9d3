import { hostEndpoint } from './host-endpoint.ts'

const handler = hostEndpoint()

// oxlint-disable-next-line import/no-default-export -- workerd looks for the worker there
export { handler as default }
