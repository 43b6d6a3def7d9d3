import { denoContext, type DenoServeInfoLike } from '../../src/adapters/request-context.ts'
import { hostEndpoint } from './host-endpoint.ts'

declare const Deno: {
  readonly args: readonly string[]
  serve(
    options: {
      readonly port: number
      readonly hostname: string
      onListen(address: { readonly port: number }): void
    },
    fetch: (request: Request, info: DenoServeInfoLike) => Promise<Response>,
  ): unknown
}

const handler = hostEndpoint()
const options = {
  port: 0,
  hostname: '127.0.0.1',
  onListen: ({ port }: { readonly port: number }) => void process.stdout.write(`${port}\n`),
}

if (Deno.args[0] === 'bare') Deno.serve(options, handler.fetch)
else Deno.serve(options, (request, info) => handler.fetch(request, denoContext(info)))
