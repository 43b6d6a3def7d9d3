import { isJsonObject, type JsonObject } from '../checks/kind.ts'

/** An authenticated caller with a unique `id`. */
export interface Subject {
  readonly id: string
}

/**
 * Returns the id of a subject for limits and logs: its `id`, else its `sub`, else its `_id`, else the subject itself.
 * Integers and bigints are converted to decimal and an ObjectId to hexadecimal, so 7 and `"7"` are the same user, as in
 * Agora's tokens. Returns `undefined` when the id is missing, blank, or a number that is not a safe integer.
 */
export function subjectIdOf(subject: unknown): string | undefined {
  if (!isJsonObject(subject)) return nameOf(subject)
  return nameOf(subject['id']) ?? nameOf(subject['sub']) ?? nameOf(subject['_id']) ?? hexOf(subject)
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value)
  return isJsonObject(value) ? hexOf(value) : undefined
}

// MongoDB's ObjectId and UUID. The `toString` of other objects may be the same for all of them.
function hexOf(value: JsonObject): string | undefined {
  const { toHexString } = value
  const hex: unknown = typeof toHexString === 'function' ? toHexString.call(value) : undefined
  return typeof hex === 'string' ? nameOf(hex) : undefined
}
