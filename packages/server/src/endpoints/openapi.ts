import type { OpenApiDocument } from '../openapi/document.ts'
import type { Endpoint } from './endpoint.ts'
import { jsonReply } from '../respond.ts'

/** `GET …/v1/openapi.json`: the contract of this endpoint. @internal */
export function openApiEndpoint(document: () => OpenApiDocument): Endpoint {
  return {
    name: 'openapi',
    methods: ['GET', 'HEAD'],
    answer: ({ requestId }) => jsonReply(document(), requestId),
  }
}
