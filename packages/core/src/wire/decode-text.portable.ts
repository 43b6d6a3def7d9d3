// A byte order mark is data here, and bytes that are not UTF-8 mean a broken token, not U+FFFD.
const UTF8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads the bytes from `start` to before `end` as UTF-8. @throws {TypeError} when they are not */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  return UTF8.decode(bytes.subarray(start, end))
}
