import type { ExplainExpectations } from '@rtc-token/core'
import { SERVICE_NAMES } from './services.ts'
import type { Arguments, Options } from '../arguments/read-arguments.ts'
import { readChoice, readMoment, readUid } from '../arguments/readings.ts'

const ROLES = ['publisher', 'subscriber'] as const

/** The options that say how a token is used. */
export const EXPECTATION_OPTIONS: Options = {
  channel: { value: 'NAME', about: 'the channel that the client joins (for apaas, the room)' },
  uid: { value: 'N', about: 'the uid it joins with; 0 lets Agora choose one' },
  account: { value: 'NAME', about: 'the user account it joins with, instead of a uid' },
  'user-id': { value: 'NAME', about: 'the user for messaging and chat' },
  role: {
    value: 'ROLE',
    about: 'publisher if the client joins to be seen and heard',
    choices: ROLES,
  },
  service: {
    value: 'NAME',
    about: `where the token is used: ${SERVICE_NAMES.join(', ')}`,
    choices: SERVICE_NAMES,
  },
  'app-id': { value: 'ID', about: 'the App ID of the client; default: from the environment' },
  at: { value: 'TIME', about: 'judge it at this time: Unix seconds or a date; default now' },
  'env-file': {
    value: 'FILE',
    about: 'read the App ID and certificate from this file',
    isMany: true,
  },
}

/** Reads how a token is used. @throws {UsageError} */
export function readExpectations(args: Arguments): ExplainExpectations {
  const service = args.value('service')
  const uid = args.value('uid')
  const at = args.value('at')
  return {
    ...named(args, 'channel', 'channel'),
    ...named(args, 'account', 'account'),
    ...named(args, 'user-id', 'userId'),
    ...(service === undefined ? {} : { service: readChoice(service, SERVICE_NAMES, '--service') }),
    ...(uid === undefined ? {} : { uid: readUid(uid) }),
    ...(at === undefined ? {} : { now: readMoment(at, '--at') }),
  }
}

/** Whether the client joins to publish, as `--role` says. @throws {UsageError} */
export function joinsToPublish(args: Arguments): boolean {
  const role = args.value('role')
  return role !== undefined && readChoice(role, ROLES, '--role') === 'publisher'
}

function named(args: Arguments, option: string, member: 'channel' | 'account' | 'userId') {
  const value = args.value(option)
  return value === undefined ? {} : { [member]: value }
}
