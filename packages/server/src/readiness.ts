import { signerOf } from './project-keys.ts'
import type { BaseSettings } from './settings.ts'

/** Whether a handler can serve, and if not, which part of it cannot. */
export interface Readiness {
  readonly status: 'ready' | 'unready' | 'draining'
  /** Whether every project has a key to sign with. */
  readonly keys: 'ok' | 'failing'
  /** Whether the stores of the limits answer; without them the handler goes on, unless told not to. */
  readonly limits: 'ok' | 'failing'
}

/**
 * Looks at the parts that can fail on their own.
 *
 * @internal
 */
export async function checkReadiness(
  { projects, limits, timeoutMs }: BaseSettings,
  isDraining: boolean,
): Promise<Readiness> {
  const signers = await Promise.allSettled(
    projects.all.map(async (project) => signerOf(project, timeoutMs)),
  )
  const keys = signers.every(({ status }) => status === 'fulfilled') ? 'ok' : 'failing'
  const unreachable = await limits.unreachable()
  const status = isDraining ? 'draining' : keys === 'ok' ? 'ready' : 'unready'
  return { status, keys, limits: unreachable.length === 0 ? 'ok' : 'failing' }
}
