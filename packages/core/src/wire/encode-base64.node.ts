let viewed: Uint8Array | undefined
let view: Buffer = Buffer.alloc(0)

/**
 * Writes the first `length` bytes as RFC 4648 base64 with padding, by way of a Buffer that looks at them. The latest one
 * is kept: it takes a third of the time to make, and encoding goes on in the same memory.
 */
export function encodeBase64(bytes: Uint8Array, length: number = bytes.length): string {
  if (bytes !== viewed) {
    view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    viewed = bytes
  }
  return view.toString('base64', 0, length)
}
