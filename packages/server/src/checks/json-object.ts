/** @internal An object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** @internal Tells objects from lists, from `null` and from the rest. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
