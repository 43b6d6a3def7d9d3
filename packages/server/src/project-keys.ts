import { isThenable, withDeadline } from './deadline.ts'
import type { Key } from './keys/key-ring.ts'
import type { KeyedProject } from './project.ts'
import { Refusal } from './refusal.ts'

/**
 * The key that signs for a project.
 *
 * @internal
 * @throws {Refusal} not_configured when its ring has none to give
 */
export async function signerOf({ keys }: KeyedProject, timeoutMs: number): Promise<Key> {
  return orNotConfigured(() => keys.signer(), timeoutMs)
}

/**
 * The keys that may have signed what a project sees again.
 *
 * @internal
 * @throws {Refusal} not_configured when its ring has none to give
 */
export async function verifiersOf(
  { keys }: KeyedProject,
  timeoutMs: number,
): Promise<readonly Key[]> {
  return orNotConfigured(() => keys.verifiers(), timeoutMs)
}

async function orNotConfigured<T>(load: () => T | Promise<T>, timeoutMs: number): Promise<T> {
  try {
    const answer = load()
    if (!isThenable(answer)) return answer
    return await withDeadline(timeoutMs, answer, (reject) =>
      reject(new Error(`the key ring gave no answer within ${timeoutMs} ms`)),
    )
  } catch (error) {
    throw new Refusal('not_configured', undefined, { cause: error })
  }
}
