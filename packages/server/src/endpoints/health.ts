import type { Endpoint } from '../request/endpoint.ts'
import { jsonReply } from '../http/reply.ts'
import type { Readiness } from './readiness.ts'

/** `GET …/healthz`: the process is up. @internal */
export const healthEndpoint: Endpoint = {
  name: 'healthz',
  methods: ['GET', 'HEAD'],
  answer: ({ requestId }) => jsonReply({ status: 'ok' }, requestId),
}

/** `GET …/readyz`: whether this process should be sent requests. @internal */
export function readyEndpoint(readiness: () => Promise<Readiness>): Endpoint {
  return {
    name: 'readyz',
    methods: ['GET', 'HEAD'],
    async answer({ requestId }) {
      const report = await readiness()
      return jsonReply(report, requestId, report.status === 'ready' ? 200 : 503)
    },
  }
}
