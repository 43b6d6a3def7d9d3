import { bunContext, type BunServerLike } from '../../src/adapters/request-context.ts'
import { hostEndpoint } from './host-endpoint.ts'

declare const Bun: {
  serve(options: {
    readonly port: number
    readonly hostname: string
    fetch(request: Request, server: BunServerLike): Promise<Response>
  }): { readonly port: number }
}

const handler = hostEndpoint()
const withAddress = (request: Request, server: BunServerLike): Promise<Response> =>
  handler.fetch(request, bunContext(request, server))

const fetch = process.argv[2] === 'bare' ? handler.fetch : withAddress
const { port } = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch })
process.stdout.write(`${port}\n`)
