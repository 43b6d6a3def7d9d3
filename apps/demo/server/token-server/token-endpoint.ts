import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { isTokenReply } from '@rtc-token/core/contract'
import { tokenFingerprint } from '@rtc-token/edge'
import {
  createTokenHandler,
  type Project,
  type Removals,
  type TokenHandler,
} from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import { authorize } from './authorize.ts'
import type { Guest, Guests } from './guests.ts'
import { answerInstead, type TokenServerState } from './token-server-state.ts'

/** The token endpoint with a switch, and a record of what it did. */
export interface TokenEndpoint extends Pick<TokenHandler<Guest>, 'remove' | 'readmit'> {
  /** What goes wrong with it. Default `up`: nothing. */
  state: TokenServerState
  /** Fingerprints of the tokens handed out, oldest first. */
  readonly handedOut: readonly string[]
  /** How many requests it turned away because of its switch. */
  readonly turnedAway: number
  /** Starts it anew: what it had in memory is gone. */
  readonly restart: () => void
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void
}

/** How long a slow endpoint lets callers wait at most, in milliseconds. A source gives up after ten seconds. */
const SLOWEST_MS = 8000

/** What the endpoint is made of. */
export interface TokenEndpointOptions {
  readonly project: Project
  readonly guests: Guests
  /** Length of life of its tokens. */
  readonly ttlSeconds: number
  /** Opens the store of removals, at each start. */
  readonly openRemovals: () => Removals
}

/** Creates the endpoint. */
export function createTokenEndpoint(options: TokenEndpointOptions): TokenEndpoint {
  const handedOut: string[] = []
  let handler = start(options)
  let listener = toNodeListener(recording(handler, handedOut))
  const slowMs = Math.min(SLOWEST_MS, options.ttlSeconds * 200)
  let turnedAway = 0
  const endpoint: TokenEndpoint = {
    state: 'up',
    handedOut,
    remove: (removal) => handler.remove(removal),
    readmit: (readmission) => handler.readmit(readmission),
    get turnedAway() {
      return turnedAway
    },
    restart() {
      handler.close()
      handler = start(options)
      listener = toNodeListener(recording(handler, handedOut))
    },
    listener: (request, response) => void answer(request, response),
  }
  return endpoint

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { state } = endpoint
    if (state === 'slow') await wait(slowMs)
    if (state === 'up' || state === 'slow') return void listener(request, response)
    turnedAway += 1
    answerInstead(state, response)
  }
}

function start({
  project,
  guests,
  ttlSeconds,
  openRemovals,
}: TokenEndpointOptions): TokenHandler<Guest> {
  return createTokenHandler<Guest>({
    project,
    authenticate: guests.find,
    authorize,
    removals: openRemovals(),
    ttl: { min: 1, default: ttlSeconds, max: ttlSeconds },
    // Every guest may ask why a token is refused; an app opens this to its support only.
    inspect: { authenticate: guests.find },
  })
}

function recording(handler: TokenHandler, handedOut: string[]): TokenHandler {
  return {
    ...handler,
    async respond(request, context) {
      const reply = await handler.respond(request, context)
      const body: unknown = JSON.parse(reply.body)
      if (isTokenReply(body)) handedOut.push(tokenFingerprint(body.token))
      return reply
    },
  }
}
