import { endingChecks } from './checks/ending.ts'
import { expiryChecks } from './checks/expiry.ts'
import { joiningChecks } from './checks/joining.ts'
import { lettingGoChecks } from './checks/letting-go.ts'
import { renewingChecks } from './checks/renewing.ts'
import { secrecyChecks } from './checks/secrecy.ts'
import type { Ability, Check } from './contract-check.ts'
import { contractSession } from './contract-session.ts'
import type { ScriptedSourceOptions } from './scripted-source.ts'
import type { AdapterUnderTest, SdkDriver } from './sdk-driver.ts'

/** A check of one thing that every adapter must do. */
export interface AdapterCheck {
  readonly name: string
  /** The optional methods of the driver that this check calls. */
  readonly needs: readonly Ability[]
  /**
   * Runs the check; rejects if it fails. If the driver lacks a method, the check is skipped: through the test context
   * that Vitest and `node:test` pass, otherwise by resolving.
   */
  readonly run: (...context: readonly unknown[]) => Promise<void>
}

/** All checks, in the order of a session's life. */
const CHECKS: readonly Check[] = [
  ...joiningChecks,
  ...renewingChecks,
  ...expiryChecks,
  ...endingChecks,
  ...lettingGoChecks,
  ...secrecyChecks,
]

/**
 * Returns the contract of `SessionAdapter` as checks for any test runner. Each check creates its own adapter and a
 * real renewer for it.
 *
 * @param make - creates an adapter on a new client that has not joined, and the driver of its SDK
 * @param options - for an SDK that reads tokens: how to create them
 * @example
 * ```ts
 * for (const check of adapterContract(make)) it(check.name, check.run)
 * ```
 */
export function adapterContract(
  make: () => AdapterUnderTest | Promise<AdapterUnderTest>,
  options?: ScriptedSourceOptions,
): readonly AdapterCheck[] {
  return CHECKS.map(({ name, needs = [], run }) => ({
    name,
    needs,
    // Rest parameters, because some runners count parameters and would pass a callback.
    run: async (...[context]) => {
      const first = await make()
      if (needs.some((ability) => !isAble(first.driver, ability))) return skip(context, needs)
      let next: AdapterUnderTest | undefined = first
      await run(async (other) => {
        const under = next ?? (await make())
        next = undefined
        return contractSession(under, { ...options, ...other })
      })
    },
  }))
}

function isAble(driver: SdkDriver, ability: Ability): boolean {
  return driver[ability] !== undefined
}

// A test skips itself through a method of its context. Vitest's context is a function.
function skip(context: unknown, needs: readonly Ability[]): void {
  if (!isContext(context)) return
  context.skip(`the driver lacks ${needs.join(' or ')}`)
}

function isContext(value: unknown): value is { skip(note: string): void } {
  const isObject = typeof value === 'object' || typeof value === 'function'
  return isObject && value !== null && 'skip' in value && typeof value.skip === 'function'
}
