let viewed: Uint8Array | undefined
let view: Buffer = Buffer.alloc(0)

/**
 * Encodes the first `length` bytes as RFC 4648 base64 with padding, with a Buffer over them. The last Buffer is kept:
 * creating one takes a third of the time, and the next token uses the same memory.
 */
export function encodeBase64(bytes: Uint8Array, length: number = bytes.length): string {
  if (bytes !== viewed) {
    view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    viewed = bytes
  }
  return view.toString('base64', 0, length)
}
