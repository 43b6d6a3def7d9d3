const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const CODES = /* @__PURE__ */ Uint8Array.from(ALPHABET, (c) => c.charCodeAt(0))
const PADDING = 61 // '='

/** Encodes the first `length` bytes as RFC 4648 base64 with padding, which every Agora SDK reads. */
export function encodeBase64(bytes: Uint8Array, length: number = bytes.length): string {
  const codes = new Uint8Array(Math.ceil(length / 3) * 4).fill(PADDING)
  for (let i = 0, o = 0; i < length; i += 3, o += 4) {
    const rest = length - i
    const group =
      (bytes[i]! << 16) | (rest > 1 ? bytes[i + 1]! << 8 : 0) | (rest > 2 ? bytes[i + 2]! : 0)
    codes[o] = CODES[group >> 18]!
    codes[o + 1] = CODES[(group >> 12) & 63]!
    if (rest > 1) codes[o + 2] = CODES[(group >> 6) & 63]!
    if (rest > 2) codes[o + 3] = CODES[group & 63]!
  }
  return asciiText(codes)
}

// In slices, because engines limit the number of arguments of a call.
function asciiText(codes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < codes.length; i += 8192) {
    text += String.fromCharCode(...codes.subarray(i, i + 8192))
  }
  return text
}
