import { decodeToken } from '../token/decode-token.ts'

/** A token as it is written in a text. */
interface Reading {
  /** In standard base64, without padding where it is whole. */
  readonly token: string
  readonly isWhole: boolean
  readonly written: string
  /** What a space in it stands for: nothing, or a `+` that was read out of a URL. */
  readonly space: '' | '+'
}

/** A token that was found in a text, and what stands around it. */
export interface FoundToken extends Reading {
  readonly before: string
  readonly behind: string
}

// A 007 token is a zlib stream, and in 006 the length of a signature comes first: both show in base64.
const START = /00(?:7[CGKOSWae][A-P]|6[\da-fA-F]{32}IA)/g

// A character of base64, or how programs, HTML and URLs write one that means something to them; what parts the
// lines of a text, also in mails (= at the end) and in programs (a backslash, or one string after another).
const UNITS =
  /=\r?\n(?=\S)|[\w+/=-]|\\?\s|\\[nr]|["']\s*(?:\+\s*)?["']|\\\/|(?:%(?:25)*|\\u00|\\x|&#x)(?:2b|2f|3d);?|&(?:#43|#47|#61|plus|sol|equals);/giy

// A text in which a token may begin at many places was made to cost time; and to look for one that goes on
// over lines costs more the longer the text is.
const MAX_STARTS = 64
const MAX_JOINED = 2

/** Finds the first whole token in a text, else the first that begins; `undefined` where none does. */
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

// One character that does not belong, and then more of the token: it was changed, not cut off.
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
  // What cannot be read keeps its padding, which shows that its end is there.
  const isWhole = length !== undefined
  return {
    token: token.slice(0, length) + (isWhole ? '' : (padding[0] ?? '')),
    isWhole,
    written,
    space,
  }
}

/** The character of base64 that is written like this. */
function toBase64(unit: string, space: string): string {
  if (/\s|\\[nr]|["']/.test(unit)) return unit === ' ' ? space : ''
  if (/^-|(?:2b|43|plus);?$/i.test(unit)) return '+'
  if (/^_|(?:\/|2f|47|sol);?$/i.test(unit)) return '/'
  return unit.length > 1 ? '=' : unit
}

/** How many characters of a text are the token with which it begins; `undefined` where it is not whole. */
function lengthOfToken(text: string): number | undefined {
  const start = text.startsWith('006') ? 35 : 3
  const groups = Math.ceil((text.length - start) / 4)
  const length = start + groups * 4
  const fault = faultOf(text.padEnd(length, 'A'))
  const [, more = '0'] = /(?:zlib|token): nothing more expected, got (\d+)/.exec(fault) ?? []
  const whole = Math.min(text.length, start + Math.ceil(((groups * 3 - Number(more)) * 4) / 3))
  return faultOf(text.slice(0, whole)) ? undefined : whole
}

/** What is wrong with a text as a token; blank where nothing is. */
export function faultOf(text: string): string {
  try {
    decodeToken(text)
    return ''
  } catch (error) {
    return String(error)
  }
}
