import process from 'node:process'

import { failureLine } from '../../../src/standalone/commands/failure-line.ts'
import { runCommand } from '../../../src/standalone/commands/run-command.ts'
import { LOOPBACK } from './running-server.ts'

/**
 * Runs a command line in this process, to its end or until it is refused: a start takes far longer. What only a process
 * shows (its exit code, signals, streams, what is installed, what Node reads) is for `runProgram`.
 */
export async function runHere(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<{ readonly code: number | undefined; readonly output: string }> {
  const before = new Map(
    process.eventNames().map((name) => [name, process.listeners(name as 'exit')]),
  )
  let output = ''
  const print = (text: string) => {
    output += text
    return 0
  }
  try {
    const code = await runCommand(args, { ...LOOPBACK, ...env }, print)
    return { code, output }
  } catch (error) {
    return { code: 1, output: `rtc-token-server: ${failureLine(error)}\n` }
  } finally {
    // A start that is refused leaves these to the end of its process.
    for (const name of process.eventNames()) {
      const kept = before.get(name) ?? []
      for (const listener of process.listeners(name as 'exit')) {
        if (!kept.includes(listener)) process.off(name, listener)
      }
    }
  }
}
