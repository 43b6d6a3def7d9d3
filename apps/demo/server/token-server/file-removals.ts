import { readFileSync, writeFileSync } from 'node:fs'
import type { Removals } from '@rtc-token/server'

/**
 * Keeps removals in a file, so that they outlive a restart where there is no Redis. For one process and few removals: it
 * reads and writes the whole file each time.
 */
export function fileRemovals(file: string): Removals {
  const read = (): ReadonlyMap<string, number> => {
    const now = Date.now()
    return new Map(entriesIn(file).filter(([, end]) => end > now))
  }
  const write = (ends: ReadonlyMap<string, number>): void =>
    writeFileSync(file, JSON.stringify([...ends]), { mode: 0o600 })
  return {
    local: true,
    has(keys) {
      const ends = read()
      return keys.map((key) => ends.has(key))
    },
    add(keys, seconds) {
      const end = Date.now() + seconds * 1000
      write(new Map([...read(), ...keys.map((key) => [key, end] as const)]))
    },
    delete(keys) {
      const ends = new Map(read())
      const kept = keys.filter((key) => ends.delete(key))
      write(ends)
      return kept.length > 0
    },
  }
}

function entriesIn(file: string): readonly (readonly [string, number])[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
