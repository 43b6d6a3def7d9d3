import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createEdge, type Edge, edgeMiddleware, type EdgeOptions } from '@rtc-token/edge'
import { CHANNEL } from './token-server/authorize.ts'
import { type ChosenProject, chooseProject } from './project/choose-project.ts'
import { type Answer, serveRoutes } from './http/demo-routes.ts'
import { createGuests } from './token-server/guests.ts'
import { createLabs } from './labs.ts'
import { createModeration } from './moderation/moderation.ts'
import { type KeptRemovals, removalsInFile, removalsInRedis } from './token-server/kept-removals.ts'
import { createSwitches } from './token-server/switches.ts'
import { createTokenEndpoint, type TokenEndpoint } from './token-server/token-endpoint.ts'
import type { Welcome } from './token-server/welcome.ts'

const ENDPOINT_PATH = '/api/agora/v1/tokens'

/** How the demo is set up. */
export type DemoOptions = ChosenProject & {
  /** Length of life of the tokens. Default 60: short enough to watch. */
  readonly ttlSeconds?: number
  /** Further settings of the stand-in edge. */
  readonly edge?: Partial<EdgeOptions>
  /** Where removals are kept. Default: in a file that lasts until the demo stops. */
  readonly removals?: KeptRemovals
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
  /** A listener for `upgrade`. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  close(): Promise<void>
}

/**
 * Creates the demo for the project that the environment names, or for a made-up one. Removals are kept in the Redis of
 * `REDIS_URL`, if there is one.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID; the message names the variable
 */
export function demoFromEnv(env: Readonly<Record<string, string | undefined>>): Demo {
  const { REDIS_URL: url } = env
  return createDemo({ ...chooseProject(env), ...(url && { removals: removalsInRedis(url) }) })
}

/** Creates the demo. */
export function createDemo(options: DemoOptions): Demo {
  const { project, isCloud, ttlSeconds = 60 } = options
  const guests = createGuests()
  const labs = createLabs({
    ...(!options.isCloud && { project: options.project }),
    ttlSeconds,
    sessions: () => edge?.sessions() ?? [],
    edgeClock: () => Date.now() + switches.state.aheadSeconds * 1000,
  })
  // In the stand-in's project calls live on the keys that the rotation screen swaps.
  const signer = isCloud ? project : { appId: project.appId, keys: labs.keys }
  const removals = options.removals ?? removalsInFile()
  const openRemovals = removals.open
  const endpoint = createTokenEndpoint({ project: signer, guests, ttlSeconds, openRemovals })
  const moderation = isCloud ? undefined : createModeration(project.appId, () => edge)
  const edge: Edge | undefined = options.isCloud
    ? undefined
    : createEdge({
        ...options.project,
        ...moderation?.accounts,
        judge: labs.judge,
        ...options.edge,
      })
  const edgeHooks = edge && edgeMiddleware(edge)
  const switches = createSwitches(endpoint, edge, moderation?.rest)
  const welcome = { appId: project.appId, channel: CHANNEL, isCloud, ttlSeconds }
  const routes: Readonly<Record<string, Answer>> = {
    '/demo/welcome': (): Welcome => ({ ...welcome, ...guests.signIn() }),
    '/demo/guests': guests.signIn,
    async '/demo/switches'(changes) {
      await switches.change(changes)
      return switches.state
    },
  }

  function handle(
    request: IncomingMessage,
    response: ServerResponse,
    proceed: (error?: unknown) => void,
  ): void {
    if (request.url?.startsWith(ENDPOINT_PATH)) endpoint.listener(request, response)
    else if (moderation && request.url === '/demo/heard') moderation.listen(response)
    else if (serveRoutes(routes, request, response) || labs.handle(request, response)) return
    else if (edgeHooks) edgeHooks.handle(request, response, proceed)
    else proceed()
  }

  return {
    edge,
    endpoint,
    handle,
    upgrade: (request, socket, head) => void edgeHooks?.upgrade(request, socket, head),
    async close() {
      await edge?.close()
      await moderation?.close()
      removals.close()
    },
  }
}
