import type { ProblemCode, ProblemDetail } from '@rtc-token/core/contract'

import { isJsonObject, type JsonObject } from '../checks/kind.ts'
import { Refusal } from '../errors/refusal.ts'
import { problemOf } from '../errors/token-problem.ts'

type Fault = ProblemDetail & { readonly code: ProblemCode }

// Without a limit, a body with thousands of unknown members would get a reply ten times its size.
const MAX_FAULTS_SHOWN = 32

/**
 * Reads the members of a JSON object and collects all faults, so that the caller gets them in one reply.
 *
 * @internal
 */
export class MemberReader {
  readonly #body: JsonObject
  readonly #faults: Fault[] = []

  /**
   * Records a fault for every member that is not in `names`: a misspelt `rol` must not silently become
   * the default role.
   *
   * @throws {Refusal} invalid_request when the value is not an object
   */
  constructor(body: unknown, names: readonly string[]) {
    if (!isJsonObject(body)) {
      throw new Refusal('invalid_request', 'The body must be a JSON object')
    }
    this.#body = body
    for (const name of Object.keys(body)) {
      if (!names.includes(name)) this.fault('invalid_request', name, 'is not a known member')
    }
  }

  /** Whether the member is present. `undefined`, which only `handler.issue` can pass, counts as absent. */
  has(name: string): boolean {
    return Object.hasOwn(this.#body, name) && this.#body[name] !== undefined
  }

  /** Returns the result of `check` for a member; `undefined` when the member is absent or invalid. */
  read<T>(name: string, check: (value: unknown) => T): T | undefined {
    if (!this.has(name)) return undefined
    try {
      return check(this.#body[name])
    } catch (error) {
      const { code, detail } = problemOf(error)
      this.fault(code, name, detail)
      return undefined
    }
  }

  /** Records a fault. */
  fault(code: ProblemCode, name: string, detail: string): void {
    this.#faults.push({ code, pointer: pointerTo([name]), detail })
  }

  /**
   * Refuses the request if there are faults, with the first code more specific than `invalid_request`.
   *
   * @throws {Refusal}
   */
  finish(): void {
    const [first] = this.#faults
    if (!first) return
    const leading = this.#faults.find(({ code }) => code !== 'invalid_request') ?? first
    const shown = this.#faults.slice(0, MAX_FAULTS_SHOWN)
    const errors = shown.map(({ pointer, detail }) => ({ pointer, detail }))
    throw new Refusal(leading.code, `${leading.pointer}: ${leading.detail}`, { errors })
  }
}

/** A JSON pointer to a member (RFC 6901). @internal */
export function pointerTo(path: readonly string[]): string {
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
