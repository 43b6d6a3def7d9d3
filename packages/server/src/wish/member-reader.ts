import type { ProblemCode, ProblemDetail } from '@rtc-token/core/contract'

import { isJsonObject, type JsonObject } from '../checks/json-object.ts'
import { Refusal } from '../errors/refusal.ts'
import { problemOf } from '../errors/token-problem.ts'

type Fault = ProblemDetail & { readonly code: ProblemCode }

// A body of thousands of unknown members shall not be answered with a reply ten times its size.
const MAX_FAULTS_SHOWN = 32

/**
 * Reads the members of a JSON object and collects every fault, so that a caller learns of all of
 * them at once.
 *
 * @internal
 */
export class MemberReader {
  readonly #body: JsonObject
  readonly #faults: Fault[] = []

  /**
   * Takes note of every member that is not among `names`: a misspelt `rol` must not quietly become
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

  /** Whether the member is present. JSON has no `undefined`, and code means absence by it. */
  has(name: string): boolean {
    return Object.hasOwn(this.#body, name) && this.#body[name] !== undefined
  }

  /** Returns what `check` makes of a member; `undefined` when it is absent or at fault. */
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

  /** Takes note of a fault. */
  fault(code: ProblemCode, name: string, detail: string): void {
    const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    this.#faults.push({ code, pointer, detail })
  }

  /**
   * Refuses when there was any fault, with the code of the first that has one of its own.
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
