import { isName } from '../checks/checks.ts'
import {
  MAX_ACCOUNT_BYTES,
  MAX_CHANNEL_BYTES,
  MAX_USER_ID_BYTES,
  MAX_UUID_BYTES,
} from '../checks/limits.ts'
import type { Tell } from './finding.ts'
import { type HeldName, type HeldService, MISSING_VALUES } from './held.ts'
import { plainName, quoteName } from './wording.ts'

const WORDS = {
  channel: ['channel', 'CHANNEL', 'opens', MAX_CHANNEL_BYTES],
  user: ['user', 'USER', 'is good for', MAX_ACCOUNT_BYTES],
  userId: ['user', 'USER', 'is good for', MAX_USER_ID_BYTES],
} as const

// No channel and no user has this name.
const STRANGER = '\0'

/**
 * Explains a name in a token on its own: which users or channels it admits.
 *
 * @param isGiven - whether a name was compared with it
 */
export function explainName(
  tell: Tell,
  { service }: HeldService,
  name: HeldName,
  isGiven: boolean,
): void {
  const { kind, text, admits } = name
  const [what, code, verb, maxBytes] = WORDS[kind]
  if (text === undefined) return isGiven ? undefined : tellOne(tell, service, name)
  if (text === '' && (kind === 'userId' || service === 'apaas')) {
    return explainBlank(tell, service, isGiven)
  }
  if (text === '0' && kind === 'user') return tell('USER_ZERO_TEXT', ZERO_TEXT)
  if (MISSING_VALUES.includes(text)) {
    const missing = `Expected a ${what}, got "${text}", a word for a missing value.`
    return tell('VALUE_WAS_MISSING', missing)
  }
  if (admits(STRANGER)) {
    const any = `Expected one ${what} of ${service}, got ${quoteName(text)}, which Agora reads as every ${what}.`
    return tell(`${code}_ANY`, any)
  }
  const isPattern = text.includes('*') && admits(text.replaceAll('*', STRANGER))
  if (isPattern) {
    const many = `The token ${verb} every ${what} of ${service} that ${sayPattern(text)}.`
    tell(`${code}_PATTERN`, many)
  } else if (!isGiven) tellOne(tell, service, name)
  const plain = isPattern ? text.replaceAll('*', '') : text
  if (plain && !isName(plain, service === 'apaas' ? MAX_UUID_BYTES : maxBytes)) {
    const outside = `Expected a ${what} of Agora's alphabet and length, got ${quoteName(text)}.`
    tell('NAME_NOT_ALLOWED', outside)
  }
}

const ZERO_TEXT = 'Expected a user, got the string "0": every user in 007, an account in 006.'

/** Explains an empty user id, which belongs to no user. Chat and aPaaS have such tokens for the app's server. */
function explainBlank(tell: Tell, service: string, isGiven: boolean): void {
  if (service.startsWith('rtm')) {
    tell('RTM_USER_BLANK', `Expected a user id for ${service}, got none.`)
  } else if (service === 'chat') {
    const message =
      'Expected a Chat user, got none: this is an app token, for REST calls by a server.'
    tell('CHAT_APP_TOKEN', message, isGiven ? 'fatal' : 'warning')
  }
}

function tellOne(tell: Tell, service: string, { kind, text }: HeldName): void {
  if (kind === 'channel') return
  const who = text === undefined ? 'one user, as its checksum tells,' : `user ${plainName(text)}`
  const identity = /^\d{1,10}$/.test(text ?? '') ? 'uid' : 'account'
  const how = kind === 'userId' ? `use ${service} as that user` : `join with that ${identity}`
  tell('USER_ONLY', `The token is for ${who} only; ${how}.`)
}

function sayPattern(text: string): string {
  const parts = text.split('*')
  const said = parts.map((part, i) => {
    const verb = i === 0 ? 'begins with' : i < parts.length - 1 ? 'holds' : 'ends with'
    return part && `${verb} ${plainName(part)}`
  })
  return said.filter(Boolean).join(' and ')
}
