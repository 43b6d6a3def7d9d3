const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Reads base64, leniently: stops at what does not belong. Not every runtime has `atob`. */
export function fromBase64(text: string): readonly number[] {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const character of text) {
    const six = ALPHABET.indexOf(character)
    if (six < 0) break
    value = (value << 6) | six
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((value >> bits) & 0xff)
  }
  return bytes
}
