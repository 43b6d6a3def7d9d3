import type { Outcome } from '../output/outcome.ts'
import type { Arguments, Options } from './read-arguments.ts'
import type { Host } from './host.ts'

/** A command: its entry in the help and the completion, and the function that runs it. */
export interface Command {
  readonly summary: string
  /** The arguments after the name, as the help shows them. */
  readonly takes: string
  /** The words that may follow the name, for the completion; loaded on demand. */
  readonly words?: () => Promise<readonly string[]>
  /** The maximum number of positional arguments. */
  readonly mostPositionals: number
  readonly options: Options
  /** An extra sentence for the help. */
  readonly note?: string
  readonly examples: readonly string[]
  /** Loads the code of the command when it runs. */
  readonly load: () => Promise<(args: Arguments, host: Host) => Promise<Outcome> | Outcome>
}
