import type { JsonObject } from '../checks/kind.ts'
import { Refusal } from '../errors/refusal.ts'
import { pointerTo } from './member-reader.ts'

/** The part of Standard Schema 1 (standardschema.dev) that zod, valibot, arktype and others share. */
export interface ParamsSchema {
  readonly '~standard': {
    readonly version: 1
    readonly validate: (value: unknown) => SchemaResult | Promise<SchemaResult>
  }
}

/** The result of validating a value. */
export type SchemaResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/** Why a schema refuses a value, with the path to the invalid member. */
export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * Validates the member `params` and returns the schema's output.
 *
 * @internal
 * @throws {Refusal} invalid_request with a pointer to every invalid member
 */
export async function checkParamsBySchema(
  params: JsonObject,
  schema: ParamsSchema,
): Promise<JsonObject> {
  const result = await schema['~standard'].validate(params)
  if (!result.issues) return result.value as JsonObject // oxlint-disable-line typescript/no-unsafe-type-assertion -- the app defines the schema
  const errors = result.issues.map((issue) => ({
    pointer: pointerOf(issue),
    detail: issue.message,
  }))
  const [first = { pointer: '/params', detail: 'refused by its schema' }] = errors
  throw new Refusal('invalid_request', `${first.pointer}: ${first.detail}`, { errors })
}

function pointerOf({ path = [] }: SchemaIssue): string {
  const keys = path.map((step) => String(typeof step === 'object' ? step.key : step))
  return pointerTo(['params', ...keys])
}
