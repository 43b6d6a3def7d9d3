// As in decode-text.portable.ts. An import would be one more file to find at start.
const UTF8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

let viewed: Uint8Array | undefined
let view: Buffer = Buffer.alloc(0)

/**
 * Reads the bytes from `start` to before `end` as UTF-8. Nearly all text is ASCII, which a Buffer that looks at the bytes
 * turns into a string in a third of the time of a TextDecoder, without a view for each. @throws {TypeError} when they are not
 */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (!isAscii(bytes, start, end)) return UTF8.decode(bytes.subarray(start, end))
  if (bytes !== viewed) {
    view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    viewed = bytes
  }
  return view.toString('latin1', start, end)
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let all = 0
  for (let i = start; i < end; i++) all |= bytes[i]!
  return all < 0x80
}
