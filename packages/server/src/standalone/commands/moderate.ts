import { isA } from '../../errors/thrown.ts'
import { Refusal } from '../../errors/refusal.ts'
import type { Outcome } from '../../removal/remove-user.ts'
import type { UserBans } from '../../removal/user-bans.ts'
import { ConfigError } from '../config/config-error.ts'
import type { Setup } from '../config/setup.ts'
import { createService, type Service } from '../service/create-service.ts'
import { createLogger } from '../service/logger.ts'
import type { CommandLine } from './command-line.ts'
import { readNumber, readUser } from './read-named.ts'

/** The result as lines of text, and whether everything succeeded. @internal */
export interface Moderated {
  readonly lines: readonly string[]
  readonly isDone: boolean
}

type Named = CommandLine['named']
type Handler = Service['handler']

/**
 * Removes or readmits a user, with the settings of the running servers.
 *
 * @internal
 * @throws {ConfigError | TypeError | TokenError} when the command or the settings are malformed, or everything failed
 */
export async function moderate(
  verb: 'remove' | 'readmit',
  named: Named,
  setup: Setup,
): Promise<Moderated> {
  const service = await createService(setup, await createLogger({ logLevel: 'silent' }))
  try {
    const { handler, options, agora } = service
    if (!options.removals) {
      throw new ConfigError(`${verb}: RTC_TOKEN_REMOVALS=redis expected, as the servers have it`)
    }
    const rest = banOf(named, agora)
    return await (verb === 'remove' ? remove(handler, named, rest) : readmit(handler, named, rest))
  } catch (error) {
    throw inWords(error)
  } finally {
    service.redis?.disconnect()
  }
}

async function remove(
  handler: Handler,
  named: Named,
  rest: { readonly rest?: UserBans },
): Promise<Moderated> {
  const seconds = readNumber('seconds', named.seconds)
  const until = readNumber('until', named.until)
  const report = await handler.remove({
    ...readUser(named),
    ...(seconds !== undefined && { seconds }),
    ...(until !== undefined && { until }),
    ...rest,
  })
  const end = new Date(report.until * 1000).toISOString()
  return moderated([
    outcomeOf(`New tokens are refused until ${end}`, report.refusal),
    outcomeOf('Agora has removed the user from calls', report.ban),
  ])
}

async function readmit(
  handler: Handler,
  named: Named,
  rest: { readonly rest?: UserBans },
): Promise<Moderated> {
  if (named.seconds !== undefined || named.until !== undefined) {
    throw new ConfigError('readmit: neither --seconds nor --until expected')
  }
  const { wasRemoved, ban } = await handler.readmit({ ...readUser(named), ...rest })
  return moderated([
    { line: wasRemoved ? 'New tokens are issued again' : 'The user was not removed here' },
    outcomeOf('Agora has lifted its bans', ban),
  ])
}

// Agora bans users from calls only, and by uid.
function banOf({ uid, services }: Named, rest: UserBans | undefined): { readonly rest?: UserBans } {
  const isOfCalls = services === undefined || services.split(',').includes('rtc')
  return rest && uid !== undefined && isOfCalls ? { rest } : {}
}

interface Step {
  readonly line: string
  readonly failed?: boolean
}

function outcomeOf(line: string, outcome: Outcome | undefined): Step {
  if (!outcome) return { line: 'Agora was not asked' }
  if (outcome.held) return { line }
  return { line: `FAILED: ${line} (${reasonOf(outcome.error)})`, failed: true }
}

function moderated(steps: readonly Step[]): Moderated {
  const isDone = steps.every(({ failed = false }) => !failed)
  return { lines: steps.map(({ line }) => line), isDone }
}

function inWords(error: unknown): unknown {
  if (!isA(error, Refusal)) return error
  return new Error(`nothing was done: ${reasonOf(error.cause)}`, { cause: error })
}

function reasonOf(error: unknown): string {
  if (isA(error, AggregateError)) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : 'no reason given'
}
