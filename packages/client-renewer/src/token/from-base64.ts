/** Reads base64, leniently: what does not belong comes out as anything. Not every runtime has `atob`. */
export function fromBase64(text: string): readonly number[] {
  const bytes: number[] = []
  let value = 0
  for (let i = 0; i < text.length; i++) {
    value = (value << 6) | sixBits(text.charCodeAt(i))
    // Four characters are three bytes: each of them but the first completes one.
    const place = i % 4
    if (place > 0) bytes.push((value >> (6 - 2 * place)) & 0xff)
  }
  return bytes
}

/** By the code of the character: of `a` to `z`, `A` to `Z`, `0` to `9`, `+` and `/`. */
function sixBits(code: number): number {
  if (code > 96) return code - 71
  if (code > 64) return code - 65
  return code > 47 ? code + 4 : code === 43 ? 62 : 63
}
