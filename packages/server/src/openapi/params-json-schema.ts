import { isJsonObject } from '../checks/kind.ts'
import type { ParamsSchema } from '../wish/params-schema.ts'
import type { JsonMembers } from './prune.ts'

interface Describing {
  readonly version: number
  readonly jsonSchema?: { readonly input: (options: { readonly target: string }) => unknown }
}

/**
 * Describes `params` if the library of the schema supports it (Standard JSON Schema 1, standardschema.dev); otherwise
 * as any object.
 *
 * @internal
 */
export function paramsJsonSchema(params: ParamsSchema | undefined): JsonMembers {
  try {
    const standard: Describing | undefined = params?.['~standard']
    const described = standard?.jsonSchema?.input({ target: 'draft-2020-12' })
    // Some libraries add functions of their own to what they return.
    const schema: unknown = JSON.parse(JSON.stringify(described))
    // With its own id, the schema's references point into itself and not into the document.
    if (isJsonObject(schema)) {
      return { type: 'object', ...(schema as JsonMembers), $id: 'urn:rtc-token:params' } // oxlint-disable-line typescript/no-unsafe-type-assertion -- JSON
    }
  } catch {
    // The library cannot describe this schema.
  }
  return { type: 'object' }
}
