import { missingRuntime } from '@rtc-token/runtimes'
import { beforeAll, describe, expect, it } from 'vitest'
import { runOnChromium, runOnNode, runOnSources, runOnWorkerd } from './conformance/run-on.ts'
import type { Report } from './conformance/suite.ts'

// Every runtime that the package is for runs the same suite, each in another place.

const TIMEOUT_MS = 150_000
const LEAST_CHECKS = 230

interface Case {
  readonly name: string
  /** Which implementations the runtime's conditions pick. */
  readonly picks: 'node' | 'portable'
  /** Workers have none: theirs is UTC. */
  readonly timeZone: string
  /** Why it cannot run here. */
  readonly missing?: string | undefined
  readonly run: (timeZone: string) => Promise<Report>
}

const CASES: readonly Case[] = [
  {
    name: 'Node',
    picks: 'node',
    timeZone: 'America/St_Johns',
    run: (timeZone) => runOnNode({ language: 'de_DE', timeZone }),
  },
  {
    name: 'Node 24',
    picks: 'node',
    timeZone: 'Australia/Eucla',
    missing: missingRuntime('node24'),
    run: (timeZone) => runOnSources('node24', 'run-node.ts', { language: 'tr_TR', timeZone }),
  },
  {
    name: 'Bun',
    picks: 'node',
    timeZone: 'Pacific/Kiritimati',
    missing: missingRuntime('bun'),
    run: (timeZone) => runOnSources('bun', 'run-bun.ts', { language: 'ar_EG', timeZone }),
  },
  {
    name: 'Deno',
    picks: 'node',
    timeZone: 'Pacific/Marquesas',
    missing: missingRuntime('deno'),
    run: (timeZone) => runOnSources('deno', 'run-deno.ts', { language: 'fa_IR', timeZone }),
  },
  {
    name: 'workerd',
    picks: 'portable',
    timeZone: 'UTC',
    missing: missingRuntime('workerd'),
    run: runOnWorkerd,
  },
  {
    name: 'Chromium',
    picks: 'portable',
    timeZone: 'Asia/Tehran',
    run: (timeZone) => runOnChromium({ language: 'tr-TR', timeZone }),
  },
]

const reports = new Map<string, Promise<Report>>()

beforeAll(() => {
  for (const { name, missing, timeZone, run } of CASES) {
    if (missing !== undefined) continue
    const report = run(timeZone)
    // It is the test that waits for it and fails.
    report.catch(() => undefined)
    reports.set(name, report)
  }
})

describe.each(CASES)(
  'on $name the package',
  { timeout: TIMEOUT_MS },
  ({ name, picks, timeZone, missing }) => {
    it('does everything right', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const report = await reports.get(name)
      // Where one check fails many do; the first ones say enough.
      expect(report?.failed.slice(0, 5)).toEqual([])
      expect(report?.passed).toBeGreaterThanOrEqual(LEAST_CHECKS)
      expect(report?.implementations).toEqual({ base64: picks })
      expect(report?.timeZone).toBe(timeZone)
    })

    it('gives the same tokens, outcomes and sentences as on Node', async ({ skip }) => {
      skip(missing !== undefined, missing)
      const [report, node] = await Promise.all([reports.get(name), reports.get('Node')])
      expect(Object.keys(report?.digests ?? {})).toHaveLength(6)
      expect(report?.digests).toEqual(node?.digests)
    })
  },
)
