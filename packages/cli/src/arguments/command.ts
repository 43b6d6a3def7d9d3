import type { Outcome } from '../output/outcome.ts'
import type { Arguments, Options } from './read-arguments.ts'
import type { Host } from './host.ts'

/** A command: what the help and the completion know of it, and what runs it. */
export interface Command {
  readonly summary: string
  /** What follows the name. */
  readonly takes: string
  /** The words that may follow, for the completion; loaded on demand. */
  readonly words?: () => Promise<readonly string[]>
  /** How many arguments it takes at most. */
  readonly mostPositionals: number
  readonly options: Options
  /** One more sentence for the help. */
  readonly note?: string
  readonly examples: readonly string[]
  /** Loads the code on demand: a start reads only what it runs. */
  readonly load: () => Promise<(args: Arguments, host: Host) => Promise<Outcome> | Outcome>
}
