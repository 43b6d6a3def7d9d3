import type { Republished } from './events.ts'
import type { Settings } from './renewer-options.ts'
import { withTimeLimit } from './time-limit.ts'

/**
 * Publishes tracks one by one, each within the time that a call into the SDK may take, so that one
 * that fails or hangs does not cost the others. Stops when aborted.
 */
export async function republish(
  publications: readonly (() => Promise<unknown>)[],
  { clock, sdkTimeoutMs: ms }: Settings,
  session: AbortSignal,
): Promise<Republished> {
  const failures: unknown[] = []
  for (const publish of publications) {
    if (session.aborted) break
    const controller = new AbortController()
    session.addEventListener('abort', () => controller.abort())
    const limit = { clock, ms, controller, code: 'PUBLISH_TIMEOUT' } as const
    await withTimeLimit(limit, publish).catch((error: unknown) => failures.push(error))
  }
  return { published: publications.length - failures.length, failures }
}
