import type { BaseSettings } from '../options/settings.ts'
import { type OpenApiDocument, openApiDocument } from './document.ts'

/** Describes the endpoint at the first request for it, and once: most processes get none. @internal */
export function lazyOpenApiDocument(settings: BaseSettings): () => OpenApiDocument {
  let document: OpenApiDocument | undefined
  return () => (document ??= openApiDocument(settings))
}
