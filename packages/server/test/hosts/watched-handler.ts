import { EventEmitter, once } from 'node:events'

import { allow, createTokenHandler, type TokenHandler } from '../../src/index.ts'
import type { TokenHandlerOptions } from '../../src/index.ts'
import { HOST_PROJECT } from './host-endpoint.ts'

/** A handler that tells when it begins and ends, and what it did meanwhile. */
export interface WatchedHandler {
  readonly handler: TokenHandler
  /** Settles once a request has reached the handler. */
  readonly begun: Promise<unknown>
  /** Settles once that request is answered, even if the answer is not read. */
  readonly answered: Promise<unknown>
  /** What `onError` got. */
  readonly failures: readonly unknown[]
  /** How many tokens were signed. */
  signed(): number
}

/** Creates a handler to watch, for one request. */
export function watchedHandler(options: Partial<TokenHandlerOptions<string>> = {}): WatchedHandler {
  const steps = new EventEmitter()
  const failures: unknown[] = []
  let signed = 0
  const handler = createTokenHandler<string>({
    project: HOST_PROJECT,
    authenticate: () => 'alice',
    authorize: ({ wish }) => allow({ role: wish.role }),
    onError: (error) => void failures.push(error),
    // Asked for nothing but a token that is signed.
    random: () => {
      signed += 1
      return 0
    },
    ...options,
  })
  const watch =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      steps.emit('begun')
      return call(...args).finally(() => steps.emit('answered'))
    }
  return {
    handler: { ...handler, fetch: watch(handler.fetch), respond: watch(handler.respond) },
    begun: once(steps, 'begun'),
    answered: once(steps, 'answered'),
    failures,
    signed: () => signed,
  }
}
