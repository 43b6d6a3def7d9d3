import type { OpenApiDocument } from '../../src/openapi/document.ts'
import type { TokenHandler } from '../../src/token-handler.ts'

/** The document of an endpoint, as its clients get it. */
export async function readDocument(handler: TokenHandler): Promise<OpenApiDocument> {
  const response = await handler.fetch(new Request('http://localhost/v1/openapi.json'))
  return (await response.json()) as OpenApiDocument
}
