import { isJsonObject } from '../checks/kind.ts'

/**
 * A compiled channel pattern. Given a subject it returns the literal strings around each `*`, or
 * `undefined` when the subject lacks a value.
 *
 * @internal
 */
export type Pattern = (subject: unknown) => readonly string[] | undefined

type Part = string | { readonly path: readonly string[] }

const TOKEN = /(\*|\$\{[^}]*\}?)/
const PLACEHOLDER = /^\$\{subject((?:\.[A-Za-z_]\w*)*)\}$/

/**
 * Compiles a pattern: `*` matches any characters, `${subject.tenant}` the subject's value, literally. A placeholder
 * must not be adjacent to a `*` or another placeholder, or the user `1` would match channels of the user `12`.
 *
 * @internal
 * @throws {TypeError} when it is blank, or a placeholder is malformed or adjacent to a `*` or another one
 */
export function compilePattern(pattern: unknown, what: string): Pattern {
  if (typeof pattern !== 'string' || pattern === '')
    throw new TypeError(`${what}: non-empty string expected`)
  const tokens = pattern.split(TOKEN).filter((token) => token !== '')
  checkNeighbours(tokens, what)
  const pieces = piecesOf(tokens, what)
  return (subject) => {
    const filled = pieces.map((parts) => fill(parts, subject))
    return filled.every((piece) => piece !== undefined) ? filled : undefined
  }
}

/**
 * Whether a string consists of the pieces with anything in between. It takes the leftmost match of each piece, which is
 * correct for such patterns, and unlike a regular expression it cannot backtrack.
 *
 * @internal
 */
export function matchesPieces(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

/**
 * Whether a string matches a pattern in which `*` matches any characters and everything else is literal.
 *
 * @internal
 */
export function matchesGlob(glob: string, text: string): boolean {
  return matchesPieces(glob.split('*'), text)
}

function checkNeighbours(tokens: readonly string[], what: string): void {
  const touching = tokens.some((token, index) => {
    const pair = [token, tokens[index + 1] ?? '']
    return pair.every(isOpen) && pair.some(isPlaceholder)
  })
  if (!touching) return
  throw new TypeError(`${what}: text expected between a placeholder and its neighbour`)
}

function isOpen(token: string): boolean {
  return token === '*' || isPlaceholder(token)
}

function isPlaceholder(token: string): boolean {
  return token.startsWith('${')
}

function piecesOf(tokens: readonly string[], what: string): readonly (readonly Part[])[] {
  const pieces: Part[][] = [[]]
  for (const token of tokens) {
    if (token === '*') pieces.push([])
    else pieces.at(-1)?.push(partOf(token, what))
  }
  return pieces
}

function partOf(token: string, what: string): Part {
  if (!isPlaceholder(token)) return token
  const path = PLACEHOLDER.exec(token)?.[1]
  if (path === undefined) throw new TypeError(`${what}: placeholder like \${subject.id} expected`)
  return { path: path.split('.').slice(1) }
}

function fill(parts: readonly Part[], subject: unknown): string | undefined {
  const texts = parts.map((part) => (typeof part === 'string' ? part : valueAt(subject, part.path)))
  return texts.every((text) => text !== undefined) ? texts.join('') : undefined
}

// A blank value counts as missing: it would widen the pattern.
function valueAt(subject: unknown, path: readonly string[]): string | undefined {
  let value = subject
  for (const name of path) value = isJsonObject(value) ? value[name] : undefined
  if (Number.isSafeInteger(value)) return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
