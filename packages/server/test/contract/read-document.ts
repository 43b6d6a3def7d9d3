import type { OpenApiDocument } from '../../src/openapi/document.ts'
import type { TokenHandler } from '../../src/token-handler.ts'

/** The document of an endpoint in JSON: not asked for over HTTP, where that is counted. */
export function readDocument(handler: TokenHandler): OpenApiDocument {
  return JSON.parse(JSON.stringify(handler.openapi)) as OpenApiDocument
}
