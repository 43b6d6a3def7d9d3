import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createEdge, type Edge, edgeMiddleware, type EdgeOptions } from '@rtc-token/edge'
import { CHANNEL } from './authorize.ts'
import { type ChosenProject, chooseProject } from './choose-project.ts'
import { createGuests } from './guests.ts'
import { createTokenEndpoint, type TokenEndpoint } from './token-endpoint.ts'
import type { Welcome } from './welcome.ts'

/** How the demo is set up. */
export type DemoOptions = ChosenProject & {
  /** Length of life of the tokens. Default 60: short enough to watch. */
  readonly ttlSeconds?: number
  /** Further settings of the stand-in edge. */
  readonly edge?: Partial<EdgeOptions>
}

/** Everything behind the page. It opens no port: a server hands it its requests. */
export interface Demo {
  /** Absent when Agora's cloud is used. */
  readonly edge: Edge | undefined
  readonly endpoint: TokenEndpoint
  /** A Connect middleware. */
  readonly handle: (
    request: IncomingMessage,
    response: ServerResponse,
    proceed: (error?: unknown) => void,
  ) => void
  /** Fault: while true, new connections to the stand-in edge are cut at once. Default false. */
  isLineCut: boolean
  /** A listener for `upgrade`. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  close(): Promise<void>
}

/**
 * Creates the demo for the project that the environment names, or for a made-up one.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID; the message names the variable
 */
export function demoFromEnv(env: Readonly<Record<string, string | undefined>>): Demo {
  return createDemo(chooseProject(env))
}

/** Creates the demo. */
export function createDemo(options: DemoOptions): Demo {
  const { project, isCloud, ttlSeconds = 60 } = options
  const guests = createGuests()
  const endpoint = createTokenEndpoint(project, guests, ttlSeconds)
  const edge = options.isCloud ? undefined : createEdge({ ...options.project, ...options.edge })
  const edgeHooks = edge && edgeMiddleware(edge)
  const welcome = (): Welcome => ({
    appId: project.appId,
    channel: CHANNEL,
    isCloud,
    isEndpointUp: endpoint.isUp,
    ...guests.signIn(),
  })
  const demo: Demo = {
    edge,
    endpoint,
    isLineCut: false,
    handle,
    upgrade,
    close: async () => edge?.close(),
  }
  return demo

  function handle(
    request: IncomingMessage,
    response: ServerResponse,
    proceed: (error?: unknown) => void,
  ): void {
    const route = `${request.method} ${request.url}`
    if (request.url === '/api/agora/v1/tokens') endpoint.listener(request, response)
    else if (route === 'POST /demo/welcome') send(response, welcome())
    else if (route === 'POST /demo/endpoint/up') turn(response, true)
    else if (route === 'POST /demo/endpoint/down') turn(response, false)
    else if (edgeHooks) edgeHooks.handle(request, response, proceed)
    else proceed()
  }

  function turn(response: ServerResponse, isUp: boolean): void {
    endpoint.isUp = isUp
    send(response, { isEndpointUp: isUp })
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (demo.isLineCut && request.url?.startsWith('/edge/')) socket.destroy()
    else edgeHooks?.upgrade(request, socket, head)
  }
}

function send(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
