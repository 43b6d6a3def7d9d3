import { signerOf } from '../keys/project-keys.ts'
import type { BaseSettings } from '../options/settings.ts'

/** Whether a handler can serve, and if not, which part fails. */
export interface Readiness {
  readonly status: 'ready' | 'unready' | 'draining'
  /** Whether every project has a key to sign with. */
  readonly keys: 'ok' | 'failing'
  /**
   * Whether the stores of the limits answer. Without them the handler still serves and is ready, unless
   * `onStoreError` is `'deny'`.
   */
  readonly limits: 'ok' | 'failing'
}

/**
 * Checks the parts that can fail on their own: keys and stores of limits.
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
  const canCount = unreachable.length === 0
  const canServe = keys === 'ok' && (canCount || !limits.isRequired)
  const status = isDraining ? 'draining' : canServe ? 'ready' : 'unready'
  return { status, keys, limits: canCount ? 'ok' : 'failing' }
}
