import { signerOf } from '../keys/project.ts'
import type { BaseSettings } from '../options/settings.ts'
import type { OpenEndpoint } from '../request/endpoint.ts'
import { jsonReply } from '../http/reply.ts'

/** Whether a handler can serve, and which part fails if not. */
export interface Readiness {
  /** `'draining'` after `drain` or `close`. */
  readonly status: 'ready' | 'unready' | 'draining'
  /** Whether every project has a key to sign with. */
  readonly keys: 'ok' | 'failing'
  /**
   * Whether the stores of the limits answer. A failing store makes the handler unready if `onStoreError` is `'deny'`.
   */
  readonly limits: 'ok' | 'failing'
  /**
   * Whether the store of removals answers. A failing store makes the handler unready unless its `onStoreError` is
   * `'allow'`. Absent without the option `removals`.
   */
  readonly removals?: 'ok' | 'failing'
}

/**
 * Checks the parts that can fail on their own: keys and stores of limits.
 *
 * @internal
 */
export async function checkReadiness(
  { projects, limits, removals, timeoutMs }: BaseSettings,
  isDraining: boolean,
): Promise<Readiness> {
  const signers = await Promise.allSettled(
    projects.all.map(async (project) => signerOf(project, timeoutMs)),
  )
  const keys = signers.every(({ status }) => status === 'fulfilled') ? 'ok' : 'failing'
  const [unreachable, knows] = await Promise.all([limits.unreachable(), removals?.isReachable()])
  const canCount = unreachable.length === 0
  const canServe =
    keys === 'ok' &&
    (canCount || !limits.isRequired) &&
    (knows !== false || removals?.isRequired !== true)
  const status = isDraining ? 'draining' : canServe ? 'ready' : 'unready'
  const stores = { limits: wordOf(canCount), ...(removals && { removals: wordOf(knows === true) }) }
  return { status, keys, ...stores }
}

function wordOf(answers: boolean): 'ok' | 'failing' {
  return answers ? 'ok' : 'failing'
}

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
