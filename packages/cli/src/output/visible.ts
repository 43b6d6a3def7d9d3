// Control and format characters, surrogates, private and unassigned ones, and separators of lines: what a
// terminal obeys, or what changes the order and the look of the text around it.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu
// Marks that pile up on one letter.
const PILE = /(\p{M}{2})\p{M}+/gu
const LONGEST = 240

/**
 * Returns a text that came from outside as a terminal may show it: what is invisible or would be obeyed is
 * written as `\u{1B}`, and of a long text only the start is left.
 */
export function visible(text: string, longest: number = LONGEST): string {
  const start =
    text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
  return start.replaceAll(PILE, '$1').replaceAll(INVISIBLE, escaped)
}

/** Returns JSON in which nothing invisible is left as it is. */
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
