import { isThenable, withDeadline } from '../time/deadline.ts'
import type { Key } from './key-ring.ts'
import type { KeyedProject } from './project.ts'
import { Refusal } from '../errors/refusal.ts'

/**
 * Returns the key that signs for a project.
 *
 * @internal
 * @throws {Refusal} not_configured when its key ring fails
 */
export function signerOf({ keys }: KeyedProject, timeoutMs: number): Key | Promise<Key> {
  return orNotConfigured(() => keys.signer(), timeoutMs)
}

/**
 * Returns the keys that may have signed previous tokens of a project.
 *
 * @internal
 * @throws {Refusal} not_configured when its key ring fails
 */
export function verifiersOf(
  { keys }: KeyedProject,
  timeoutMs: number,
): readonly Key[] | Promise<readonly Key[]> {
  return orNotConfigured(() => keys.verifiers(), timeoutMs)
}

function orNotConfigured<T>(load: () => T | Promise<T>, timeoutMs: number): T | Promise<T> {
  try {
    const answer = load()
    return isThenable(answer) ? inTime(answer, timeoutMs).catch(notConfigured) : answer
  } catch (error) {
    return notConfigured(error)
  }
}

function inTime<T>(answer: PromiseLike<T>, timeoutMs: number): Promise<T> {
  return withDeadline(timeoutMs, answer, (reject) =>
    reject(new Error(`the key ring gave no answer within ${timeoutMs} ms`)),
  )
}

function notConfigured(cause: unknown): never {
  throw new Refusal('not_configured', undefined, { cause })
}
