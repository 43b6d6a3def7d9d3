// Control and format characters, surrogates, private and unassigned characters, and line separators: a terminal obeys
// them, or they change the order or the look of the text around them.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu
// Marks that pile up on one letter.
const PILE = /(\p{M}{2})\p{M}+/gu
const LONGEST = 240

/**
 * Makes an untrusted text safe to show in a terminal: escapes invisible characters, as in `\u{1B}`, and cuts a long
 * text.
 */
export function visible(text: string, longest: number = LONGEST): string {
  const start =
    text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
  return start.replaceAll(PILE, '$1').replaceAll(INVISIBLE, escaped)
}

/** Escapes the invisible characters in a JSON text. */
export function visibleJson(json: string): string {
  return json.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n' ? character : unitsOf(character),
  )
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16).toUpperCase()}}`
}

function unitsOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
