import { crc32 } from '../version-006/signed-names.ts'
import type { DecodedToken006 } from '../version-006/decoded-token-006.ts'
import { encodeUtf8 } from '../wire/byte-writer.ts'
import type { Expected } from './expectations.ts'
import { type Finding, finding } from './finding.ts'
import { isWildcard } from './joined-services.ts'
import { MISSING_VALUES, missingValue, sayUser, zeroText } from './name-findings.ts'
import { nearMissOf } from './near-miss.ts'
import { quoteName } from './wording.ts'

/** Explains channel and user of a 006 token, which it holds as checksums only. */
export function explainNames006(token: DecodedToken006, expected: Expected): Finding[] {
  // An RTM token has the user's id where the channel stands, and checks no second one.
  if ('rtmLogin' in token.privileges) return []
  return [
    ...explainChannel(isNameOf(token.channelCrc32), expected),
    ...explainUser(isNameOf(token.userCrc32), expected),
  ]
}

type IsName = (name: string) => boolean

function explainChannel(isChannel: IsName, { channel }: Expected): Finding[] {
  const any = ['', '*'].find(isChannel)
  if (any !== undefined) {
    const message = `One channel was expected, ${quoteName(any)} arrived, as its checksum tells; Agora reads it as every channel.`
    return [finding('CHANNEL_ANY', message)]
  }
  if (channel === undefined || isChannel(channel)) return findMissing('channel', isChannel)
  const message = `The token is for another channel, as its checksum tells, than ${quoteName(channel)}, which is joined${difference(channel, isChannel)}.`
  return [finding('CHANNEL_MISMATCH', message), ...findMissing('channel', isChannel)]
}

function explainUser(isUser: IsName, expected: Expected): Finding[] {
  const { user } = expected
  if (['', '*'].some(isUser)) {
    return [finding('USER_ANY', 'One user was expected, none arrived: every user may use it.')]
  }
  const found = [...findMissing('user', isUser), ...(isUser('0') ? [zeroText()] : [])]
  if (user === undefined || isUser(user)) return found
  const message = `The token is for another user, as its checksum tells, than ${sayUser(expected)} which joins${difference(user, isUser)}.`
  return [finding('USER_MISMATCH', message), ...found]
}

function findMissing(what: string, isName: IsName): Finding[] {
  return MISSING_VALUES.filter(isName).map((name) => missingValue(what, name))
}

function difference(name: string, isName: IsName): string {
  const found = nearMissOf(name, (other) => !isWildcard(other) && isName(other))
  return found ? `: they differ in ${found}` : ''
}

function isNameOf(checksum: number): IsName {
  return (name) => {
    try {
      return crc32(encodeUtf8(name, 'name')) === checksum
    } catch {
      return false // half a surrogate pair has no UTF-8, so no token is for it
    }
  }
}
