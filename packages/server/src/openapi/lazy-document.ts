import type { BaseSettings } from '../options/settings.ts'
import { type OpenApiDocument, openApiDocument } from './document.ts'

/** Describes the endpoint when somebody asks, and once: most processes are never asked. @internal */
export function lazyOpenApiDocument(settings: BaseSettings): () => OpenApiDocument {
  let document: OpenApiDocument | undefined
  return () => (document ??= openApiDocument(settings))
}
