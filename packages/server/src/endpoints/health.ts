import type { OpenEndpoint } from '../request/endpoint.ts'
import { jsonReply } from '../http/reply.ts'
import type { Readiness } from './readiness.ts'

/** `GET …/healthz`: the process is up. @internal */
export const healthEndpoint: OpenEndpoint = {
  name: 'healthz',
  methods: ['GET', 'HEAD'],
  access: 'open',
  answer: ({ requestId }) => jsonReply({ status: 'ok' }, requestId),
}

/** `GET …/readyz`: whether a balancer should send requests to this process. @internal */
export function readyEndpoint(readiness: () => Promise<Readiness>): OpenEndpoint {
  return {
    name: 'readyz',
    methods: ['GET', 'HEAD'],
    access: 'open',
    async answer({ requestId }) {
      const report = await readiness()
      return jsonReply(report, requestId, report.status === 'ready' ? 200 : 503)
    },
  }
}
