import { isJsonObject } from '../json-object.ts'

/** Someone who asks, by convention: whatever else it holds, its `id` tells it from all others. */
export interface Subject {
  readonly id: string
}

/**
 * Says what limits and logs call a subject: its `id`, else its `sub`, else the subject itself where it
 * is a text. Numbers are written in decimal. `undefined` when it has no name, or a blank one.
 */
export function subjectIdOf(subject: unknown): string | undefined {
  if (!isJsonObject(subject)) return nameOf(subject)
  return nameOf(subject['id']) ?? nameOf(subject['sub'])
}

function nameOf(value: unknown): string | undefined {
  if (Number.isSafeInteger(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
