import type { Check, Notes } from './check.ts'
import { differential } from './differential.ts'
import { environment, IMPLEMENTATIONS } from './environment.ts'
import { golden } from './golden.ts'
import { hostile } from './hostile.ts'
import { wording } from './wording.ts'

/** What came of the suite on one runtime. Plain data, because it leaves the runtime as JSON. */
export interface Report {
  /** Name and version. */
  readonly runtime: string
  /** Where the runtime takes itself to be. Nothing that is compared depends on it. */
  readonly timeZone: string
  /** Which implementations the runtime's conditions picked. */
  readonly implementations: typeof IMPLEMENTATIONS
  /** How many checks held. */
  readonly passed: number
  readonly failed: readonly { readonly name: string; readonly message: string }[]
  /** SHA-256 by what was hashed; equal on every runtime. */
  readonly digests: Readonly<Record<string, string>>
}

// The environment first: what it checks grows buffers that are still small then.
const CHECKS: readonly Check[] = [
  ...environment,
  ...golden,
  ...differential,
  ...hostile,
  ...wording,
]

/**
 * Runs every check. Knows no test framework and no runtime, and calls only what the package exports,
 * so that it runs wherever the package does.
 *
 * @param runtime - name and version, for the report
 */
export async function runSuite(runtime: string): Promise<Report> {
  const notes: Notes = new Map()
  const failed: { name: string; message: string }[] = []
  for (const { name, run } of CHECKS) {
    try {
      await run(notes)
    } catch (error) {
      failed.push({ name, message: String(error) })
    }
  }
  const digests = Object.fromEntries(notes)
  const passed = CHECKS.length - failed.length
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return { runtime, timeZone, implementations: IMPLEMENTATIONS, passed, failed, digests }
}
