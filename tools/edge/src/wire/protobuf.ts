/** A field of a message. A number is a varint; undefined is left out. */
export type Field = readonly [id: number, value: number | string | Uint8Array | undefined]

/** The fields of a message by their number, repeated ones in order. */
export interface Message {
  readonly number: (id: number) => number
  readonly text: (id: number) => string
  readonly bytes: (id: number) => Uint8Array
}

/** Writes a protobuf message. Numbers are unsigned and at most 2^53. */
export function encodeMessage(...fields: readonly Field[]): Uint8Array {
  const parts = fields.map(([id, value]) => encodeField(id, value))
  return Uint8Array.from(parts.flat())
}

function encodeField(id: number, value: Field[1]): readonly number[] {
  if (value === undefined) return []
  if (typeof value === 'number') return [...varint(id * 8), ...varint(value)]
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
  return [...varint(id * 8 + 2), ...varint(bytes.length), ...bytes]
}

// By division: the numbers may be longer than the 32 bits of a shift.
function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
}

/** Reads a protobuf message of varints and bytes. @throws {RangeError} when it is cut short */
export function decodeMessage(bytes: Uint8Array): Message {
  const fields = new Map<number, number | Uint8Array>()
  let at = 0
  while (at < bytes.length) {
    const key = next()
    const length = key % 8 === 2 ? next() : 0
    fields.set(Math.floor(key / 8), key % 8 === 2 ? bytes.subarray(at, at + length) : next())
    at += length
  }
  const bytesOf = (id: number) => {
    const value = fields.get(id)
    // Not by instanceof: in jsdom there are two kinds of Uint8Array.
    return typeof value === 'object' ? value : new Uint8Array()
  }
  return {
    number: (id) => Number(fields.get(id) ?? 0),
    text: (id) => new TextDecoder().decode(bytesOf(id)),
    bytes: bytesOf,
  }

  function next(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++]
      if (byte === undefined) throw new RangeError('a varint is cut short')
      value += (byte % 128) * factor
      if (byte < 128) return value
    }
  }
}
