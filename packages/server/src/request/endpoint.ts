import type { Authenticator } from '../auth/authenticator.ts'
import type { PlainReply } from '../http/reply.ts'
import type { Match } from '../http/routes.ts'
import type { RequestState } from './request-state.ts'

/** The values in the path of a request, and its query. @internal */
export type Found = Pick<Match<unknown>, 'values' | 'query'>

/** A request of a caller who was recognised. @internal */
interface Received<S> {
  readonly subject: S
  /** Parses the body; `undefined` for a method that has none. @throws {Refusal} invalid_json */
  readonly json: () => unknown
}

interface AnyEndpoint {
  /** How metrics and traces call it. */
  readonly name: string
  readonly methods: readonly string[]
  /** Whether tokens come from here; those stop when the server closes. */
  readonly mints?: true
}

/** What answers at one path to callers who were recognised. @internal */
export interface GuardedEndpoint<S> extends AnyEndpoint {
  readonly access?: undefined
  /** Who recognises the caller. Default: the handler's own `authenticate`. */
  readonly authenticate?: Authenticator<unknown>
  /** Refuses a body of another media type. Default: anything but JSON is refused. */
  readonly checkMediaType?: (state: RequestState) => void
  answer(state: RequestState, found: Found, received: Received<S>): PlainReply | Promise<PlainReply>
}

/** What answers at one path to every caller: as often as they like, or within the limit by address. @internal */
export interface OpenEndpoint extends AnyEndpoint {
  readonly access: 'open' | 'counted'
  answer(state: RequestState, found: Found): PlainReply | Promise<PlainReply>
}

/** What answers at one path. An endpoint that does not say who may ask is guarded. @internal */
export type Endpoint<S> = GuardedEndpoint<S> | OpenEndpoint
