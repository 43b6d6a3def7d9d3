import { decodeToken } from '../token/decode-token.ts'

/** A token as a text contains it. */
interface Reading {
  /** In standard base64; without padding if it is whole. */
  readonly token: string
  readonly isWhole: boolean
  readonly written: string
  /** What a space in it means: nothing, or a `+` that URL decoding replaced. */
  readonly space: '' | '+'
}

/** A token in a text, and what is around it. */
export interface FoundToken extends Reading {
  readonly before: string
  readonly behind: string
}

// A 007 token is a zlib stream, and a 006 token starts with the length of its signature: both are visible in base64.
const START = /00(?:7[CGKOSWae][A-P]|6[\da-fA-F]{32}IA)/g

// A character of base64, or its escape in programs, HTML and URLs; and line breaks of a text, even in mails (= at the
// end) and in programs (a backslash, or one string after another).
const UNITS =
  /=\r?\n(?=\S)|[\w+/=-]|\\?\s|\\[nr]|["']\s*(?:\+\s*)?["']|\\\/|(?:%(?:25)*|\\u00|\\x|&#x)(?:2b|2f|3d);?|&(?:#43|#47|#61|plus|sol|equals);/giy

// A text in which a token may start at many places was made to cost time, and searching for a token across lines costs
// more the longer the text is.
const MAX_STARTS = 64
const MAX_JOINED = 2

/** Finds the first whole token in a text, otherwise the first start of one; `undefined` if there is neither. */
export function findToken(text: string): FoundToken | undefined {
  let first: FoundToken | undefined
  let end = 0
  let tries = 0
  for (const { index } of text.matchAll(START)) {
    if (index < end) continue
    if (tries === MAX_STARTS) break
    const reading = readFrom(text.slice(index), tries++ < MAX_JOINED)
    end = index + reading.written.length
    const found = { ...reading, before: text.slice(0, index), behind: text.slice(end) }
    if (found.isWhole) return found
    first ??= found
  }
  return first && (ALIEN.test(first.behind) ? withAlien(first) : first)
}

// One wrong character, and then more of the token: it was changed, not cut off.
const ALIEN = /^[^\s"'`<>&,;.…\\|%)\]}][\w+/=-]{16}/

function withAlien(found: FoundToken): FoundToken {
  return { ...found, token: found.token + found.behind, behind: '' }
}

function readFrom(text: string, mayJoin: boolean): Reading {
  const word = /^\S*/.exec(text)![0]
  const line = read(word, '')
  if (line.isWhole || !mayJoin || word === text) return line
  return [read(text, ''), read(text, '+')].find(({ isWhole }) => isWhole) ?? line
}

function read(text: string, space: Reading['space']): Reading {
  const units = text.match(UNITS) ?? []
  const characters = units.map((unit) => toBase64(unit, space))
  const [token = ''] = characters.join('').split('=', 1)
  const length = lengthOfToken(token)
  let count = 0
  for (let left = length ?? token.length; left > 0; count++) left -= characters[count]!.length
  const padding = characters.slice(count, count + 2).filter((written) => written === '=')
  const written = units.slice(0, count + padding.length).join('')
  // An unreadable token keeps its padding, which shows that its end is present.
  const isWhole = length !== undefined
  return {
    token: token.slice(0, length) + (isWhole ? '' : (padding[0] ?? '')),
    isWhole,
    written,
    space,
  }
}

/** Returns the base64 character for an escape. */
function toBase64(unit: string, space: string): string {
  if (/\s|\\[nr]|["']/.test(unit)) return unit === ' ' ? space : ''
  if (/^-|(?:2b|43|plus);?$/i.test(unit)) return '+'
  if (/^_|(?:\/|2f|47|sol);?$/i.test(unit)) return '/'
  return unit.length > 1 ? '=' : unit
}

/** Returns the length of the token at the start of a text; `undefined` if it is not whole. */
function lengthOfToken(text: string): number | undefined {
  const start = text.startsWith('006') ? 35 : 3
  const groups = Math.ceil((text.length - start) / 4)
  const length = start + groups * 4
  const fault = faultOf(text.padEnd(length, 'A'))
  const [, more = '0'] = /(?:zlib|token): nothing more expected, got (\d+)/.exec(fault) ?? []
  const whole = Math.min(text.length, start + Math.ceil(((groups * 3 - Number(more)) * 4) / 3))
  return faultOf(text.slice(0, whole)) ? undefined : whole
}

/** Returns the decoding error of a token; an empty string if there is none. */
export function faultOf(text: string): string {
  try {
    decodeToken(text)
    return ''
  } catch (error) {
    return String(error)
  }
}
