import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { vi } from 'vitest'

const PATIENCE_MS = 60_000

/** An example that runs, as `npm start` starts it. */
export interface Started {
  /** What it has printed so far, on both streams. */
  readonly lines: readonly string[]
  /** Resolves with the first group of the first line that matches. */
  readonly printed: (pattern: RegExp) => Promise<string>
  /** Ends it and all that it has started. */
  readonly stop: () => Promise<void>
}

/** Runs `npm start` in a folder. Port, project and life of the tokens are what `env` says. */
export function startExample(cwd: string, env: NodeJS.ProcessEnv): Started {
  // A group of its own, since npm does not end what it has started.
  const child = spawn('npm', ['start'], { cwd, env, detached: true })
  const lines: string[] = []
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => lines.push(line))
  }
  return {
    lines,
    printed: (pattern) => vi.waitUntil(() => firstMatch(child, lines, pattern), PATIENCE_MS),
    stop: () => stop(child),
  }
}

function firstMatch(child: ChildProcess, lines: readonly string[], pattern: RegExp): string {
  const found = lines.flatMap((line) => pattern.exec(line)?.[1] ?? [])[0]
  if (found === undefined && child.exitCode !== null) {
    throw new Error(`npm start ended with ${child.exitCode}:\n${lines.join('\n')}`)
  }
  return found ?? ''
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  process.kill(-child.pid)
  await ended
}
