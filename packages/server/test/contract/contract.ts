import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

import type { JsonMembers } from '../../src/openapi/prune.ts'
import type { OpenApiDocument } from '../../src/openapi/document.ts'

interface Response {
  readonly headers: Readonly<Record<string, { readonly $ref: string }>>
  readonly content: Readonly<Record<string, unknown>>
}

interface Header {
  readonly required?: boolean
  readonly schema: { readonly type?: string }
}

/** A header as a document describes it. */
export interface DocumentedHeader {
  readonly name: string
  readonly required: boolean
  readonly accepts: (value: string) => boolean
}

const contracts = new Map<string, Contract>()

/** Reads a document, or remembers that it was read. */
export function contractOf(document: OpenApiDocument): Contract {
  const text = JSON.stringify(document)
  const contract = contracts.get(text) ?? new Contract(document)
  contracts.set(text, contract)
  return contract
}

/** A document to hold requests and replies against. */
export class Contract {
  readonly #document: OpenApiDocument
  readonly #ajv: Ajv2020
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(document: OpenApiDocument) {
    this.#document = closed(document) as OpenApiDocument
    this.#ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false })
    this.#ajv.addVocabulary(Object.keys(document))
    formats.default(this.#ajv)
    this.#ajv.addSchema(this.#document, 'contract')
  }

  /** Says what is wrong with a value by one of the document's schemas, or `undefined`. */
  faultOf(pointer: string, value: unknown): string | undefined {
    const validate =
      this.#validators.get(pointer) ?? this.#ajv.compile({ $ref: `contract#${pointer}` })
    this.#validators.set(pointer, validate)
    return validate(value) ? undefined : this.#ajv.errorsText(validate.errors)
  }

  /** Points to the description of a reply: at its path, or of what is at no path. */
  pointerTo(path: string, method: string, status: number): string {
    const loose = `/components/responses/Problem${status}`
    if (status === 404 || status === 405) return loose
    const here = `/paths/${escape(path)}/${method.toLowerCase()}/responses/${status}`
    const { $ref } = this.#at(here) as { $ref?: string }
    return $ref === undefined ? here : $ref.slice(1)
  }

  /** The media type of a reply and the pointer to its schema. */
  contentOf(pointer: string): { readonly mediaType: string; readonly schema: string } {
    const { content } = this.#at(pointer) as Response
    const [mediaType = ''] = Object.keys(content)
    return { mediaType, schema: `${pointer}/content/${escape(mediaType)}/schema` }
  }

  /** The headers of a reply. */
  headersOf(pointer: string): readonly DocumentedHeader[] {
    const { headers } = this.#at(pointer) as Response
    return Object.entries(headers).map(([name, { $ref }]) => {
      const { required, schema } = this.#at($ref.slice(1)) as Header
      const parsed = (value: string) => (schema.type === 'integer' ? Number(value) : value)
      const at = `${$ref.slice(1)}/schema`
      const accepts = (value: string) => this.faultOf(at, parsed(value)) === undefined
      return { name: name.toLowerCase(), required: required === true, accepts }
    })
  }

  #at(pointer: string): unknown {
    const names = pointer.slice(1).split('/').map(unescape)
    return names.reduce<unknown>((value, name) => {
      const member = (value as Record<string, unknown>)[name]
      if (member === undefined) throw new Error(`the document has nothing at ${pointer}`)
      return member
    }, this.#document)
  }
}

// Clients must live with members that a newer server adds, so the document leaves objects open. Here
// nothing may be in a reply that is not documented.
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value as JsonMembers)
  const copy = Object.fromEntries(members.map(([name, member]) => [name, closed(member)]))
  const isObject = copy['type'] === 'object' && 'properties' in copy
  return isObject && !('additionalProperties' in copy)
    ? { ...copy, additionalProperties: false }
    : copy
}

function escape(name: string): string {
  return name
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
    .replaceAll('{', '%7B')
    .replaceAll('}', '%7D')
}

function unescape(name: string): string {
  return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
}
