import { type ServiceName, SERVICES } from '@rtc-token/core/contract'

import type { RemovedUser } from '../../removal/read-removal.ts'
import { ConfigError } from '../config/config-error.ts'
import type { CommandLine, NameOfUser } from './command-line.ts'

type Named = CommandLine['named']

/** The user, channel and services in a command. The handler checks their values. */
type NamedUser = RemovedUser<never> & {
  readonly channel?: string
  readonly services?: readonly ServiceName[]
  readonly reason?: string
}

/**
 * Reads the user, the channel and the services.
 *
 * @internal
 * @throws {ConfigError} when a number is malformed, there is not exactly one user, or a service is unknown
 */
export function readUser({ uid, account, subject, channel, services, reason }: Named): NamedUser {
  const named = { uid, account, subject }
  if (Object.values(named).filter((name) => name !== undefined).length !== 1) {
    throw new ConfigError('one of --uid, --account, --subject expected')
  }
  return {
    ...userOf(uid, account, subject),
    ...(channel !== undefined && { channel }),
    ...(services !== undefined && { services: services.split(',').map(serviceOf) }),
    ...(reason !== undefined && { reason }),
  }
}

/**
 * Reads a whole number.
 *
 * @internal
 * @throws {ConfigError} when it is malformed
 */
export function readNumber(name: NameOfUser, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new ConfigError(`--${name}: whole number expected`)
}

function userOf(
  uid: string | undefined,
  account: string | undefined,
  subject: string | undefined,
): RemovedUser<never> {
  const number = readNumber('uid', uid)
  if (number !== undefined) return { uid: number }
  return account === undefined ? { subject: subject ?? '' } : { account }
}

function serviceOf(text: string): ServiceName {
  const service = SERVICES.find((name) => name === text)
  if (service) return service
  throw new ConfigError(`--services: list of ${SERVICES.join(', ')} expected`)
}
