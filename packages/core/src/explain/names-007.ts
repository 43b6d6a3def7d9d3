import { checkAccount, checkChannel } from '../checks/checks.ts'
import type { RtcClaims } from '../layout/layouts.ts'
import type { DecodedToken007 } from '../version-007/decoded-token-007.ts'
import type { Expected } from './expectations.ts'
import { type Finding, finding } from './finding.ts'
import { isWildcard, joinedServices, rtcServices } from './joined-services.ts'
import { MISSING_VALUES, missingValue, sayUser, zeroText } from './name-findings.ts'
import { nearMiss } from './near-miss.ts'
import { quoteName } from './wording.ts'

const MAX_NAMED = 5

/** Explains channel and user of a 007 token, which it holds in clear. */
export function explainNames007(token: DecodedToken007, expected: Expected): Finding[] {
  const joined = joinedServices(token, expected)
  return [
    ...explainChannel(unique(rtcServices(token).map(({ channel }) => channel)), expected),
    ...explainUser(unique(joined.map(({ user }) => user)), expected),
    ...joined.flatMap(explainText),
  ]
}

function explainChannel(channels: readonly string[], { channel }: Expected): Finding[] {
  if (channels.length === 0) return []
  const any = channels.find(isWildcard)
  if (any !== undefined) return [anyChannel(any)]
  if (channel === undefined || channels.includes(channel)) return []
  const message = `The token is for channel ${list(channels)}, ${quoteName(channel)} is joined${difference(channels, channel)}.`
  return [finding('CHANNEL_MISMATCH', message)]
}

function anyChannel(channel: string): Finding {
  const message = `One channel was expected, ${quoteName(channel)} arrived, which Agora reads as every channel.`
  return finding('CHANNEL_ANY', message)
}

function explainUser(users: readonly string[], expected: Expected): Finding[] {
  const { user, isAccount } = expected
  const any = users.find(isWildcard)
  if (any !== undefined) return [anyUser(any)]
  if (user === undefined || users.length === 0) return []
  if (users.includes(user)) return isAccount && /^\d+$/.test(user) ? [digits(user)] : []
  const message = `The token is for user ${list(users)}, ${sayUser(expected)} joins${difference(users, user)}.`
  return [finding('USER_MISMATCH', message)]
}

function anyUser(user: string): Finding {
  const message = `One user was expected, ${quoteName(user)} arrived, which Agora reads as every user.`
  return finding('USER_ANY', message)
}

function digits(user: string): Finding {
  const message = `The account ${quoteName(user)} and the uid of the same digits are the same string in a token, which fits both.`
  return finding('USER_IS_DIGITS', message)
}

function explainText({ channel, user }: RtcClaims): Finding[] {
  const names = [
    ['channel', channel, checkChannel],
    ['user', user, checkAccount],
  ] as const
  const zero = user === '0' ? [zeroText()] : []
  return names.flatMap(([what, name, check]) => explainName(what, name, check)).concat(zero)
}

function explainName(what: string, name: string, check: (name: string) => string): Finding[] {
  if (isWildcard(name)) return []
  if (MISSING_VALUES.includes(name)) return [missingValue(what, name)]
  try {
    check(name)
    return []
  } catch {
    const message = `A ${what} of Agora's alphabet and length was expected, ${quoteName(name)} arrived.`
    return [finding('NAME_NOT_ALLOWED', message)]
  }
}

function difference(names: readonly string[], expected: string): string {
  const found = names.map((name) => nearMiss(name, expected)).find(Boolean)
  return found ? `: they differ in ${found}` : ''
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).map(quoteName).join(', ')
  return names.length > MAX_NAMED ? `${shown} and ${names.length - MAX_NAMED} more` : shown
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}
