import { runSuite } from './suite.ts'

const worker = {
  // Inside a request, because outside of one a worker has neither time nor randomness.
  fetch: async (): Promise<Response> => Response.json(await runSuite('workerd')),
}

// oxlint-disable-next-line import/no-default-export -- workerd looks for the worker there
export { worker as default }
