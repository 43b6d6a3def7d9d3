import type { JsonObject } from '../checks/json-object.ts'
import { Refusal } from '../errors/refusal.ts'

/** The part of Standard Schema 1 (standardschema.dev) that zod, valibot, arktype and others share. */
export interface ParamsSchema {
  readonly '~standard': {
    readonly version: 1
    readonly validate: (value: unknown) => SchemaResult | Promise<SchemaResult>
  }
}

/** What a schema says of a value. */
export type SchemaResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/** Why a schema refuses a value, and where in it. */
export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * Returns what the schema makes of the free members.
 *
 * @internal
 * @throws {Refusal} invalid_request with a pointer to every member at fault
 */
export async function checkParamsBySchema(
  params: JsonObject,
  schema: ParamsSchema,
): Promise<JsonObject> {
  const result = await schema['~standard'].validate(params)
  if (!result.issues) return result.value as JsonObject // oxlint-disable-line typescript/no-unsafe-type-assertion -- the schema is the owner's
  const errors = result.issues.map((issue) => ({
    pointer: pointerOf(issue),
    detail: issue.message,
  }))
  const [first = { pointer: '/params', detail: 'refused by its schema' }] = errors
  throw new Refusal('invalid_request', `${first.pointer}: ${first.detail}`, { errors })
}

function pointerOf({ path = [] }: SchemaIssue): string {
  const keys = path.map((step) => String(typeof step === 'object' ? step.key : step))
  return ['', 'params', ...keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))].join(
    '/',
  )
}
