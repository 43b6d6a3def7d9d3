import { isJsonObject, type JsonObject } from '../checks/json-object.ts'

/** Someone who asks, by convention: whatever else it holds, its `id` tells it from all others. */
export interface Subject {
  readonly id: string
}

/**
 * Says what limits and logs call a subject: its `id`, else its `sub`, else its `_id`, else the subject itself.
 * Integers and bigints are written in decimal, an ObjectId in hexadecimal: the user 7 and the user `"7"` are
 * one, as they are for Agora. `undefined` when it has no name, or a blank one, or a number that other
 * numbers round to.
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

// The ObjectId and the UUID of MongoDB. What else has a `toString` may say the same of everyone.
function hexOf(value: JsonObject): string | undefined {
  const { toHexString } = value
  const hex: unknown = typeof toHexString === 'function' ? toHexString.call(value) : undefined
  return typeof hex === 'string' ? nameOf(hex) : undefined
}
