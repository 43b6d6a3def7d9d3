import { isJsonObject, type JsonObject } from '../checks/json-object.ts'
import type { ParamsSchema } from '../wish/params-schema.ts'
import type { Json, JsonMembers } from './json.ts'

type ToJsonSchema = (options: { readonly target: string }) => unknown

const ANY_OBJECT: JsonMembers = { type: 'object' }
// What the schema refers to within itself is looked for in itself and not in the whole document.
const OWN_ROOT = { $id: 'urn:rtc-token:params' }

/**
 * What the free members look like, where the library of the schema can say so (Standard JSON Schema
 * 1, standardschema.dev). One that cannot leaves them open.
 *
 * @internal
 */
export function paramsJsonSchema(params: ParamsSchema | undefined): JsonMembers {
  const convert = converterOf(params?.['~standard'])
  if (!convert) return ANY_OBJECT
  try {
    const schema = convert({ target: 'draft-2020-12' })
    return isJsonObject(schema) ? { ...ANY_OBJECT, ...asJson(schema), ...OWN_ROOT } : ANY_OBJECT
  } catch {
    return ANY_OBJECT
  }
}

function converterOf(standard: ParamsSchema['~standard'] | undefined): ToJsonSchema | undefined {
  const library: JsonObject = { ...standard }
  const converter = library['jsonSchema']
  const input = isJsonObject(converter) ? converter['input'] : undefined
  return typeof input === 'function'
    ? (options) => Reflect.apply(input, converter, [options])
    : undefined
}

// Some libraries hang things of their own on what they return.
function asJson(schema: JsonObject): Readonly<Record<string, Json>> {
  return JSON.parse(JSON.stringify(schema)) as Readonly<Record<string, Json>> // oxlint-disable-line typescript/no-unsafe-type-assertion -- JSON
}
