import type { Authenticator } from '../auth/authenticator.ts'
import type { PlainReply } from '../http/reply.ts'
import type { Match } from '../http/routes.ts'
import type { RequestState } from './request-state.ts'

/** The values in the path of a request, and its query. @internal */
export type Found = Pick<Match<unknown>, 'values' | 'query'>

/** The authenticated caller and the body of a request. @internal */
interface Received<S> {
  readonly subject: S
  /** Parses the body; returns `undefined` for a method without one. @throws {Refusal} invalid_json */
  readonly json: () => unknown
}

interface AnyEndpoint {
  /** The name in metrics and traces. */
  readonly name: string
  readonly methods: readonly string[]
  /** Whether the endpoint issues tokens; those endpoints refuse when the server closes. */
  readonly mints?: true
}

/** An endpoint that answers only authenticated callers. */
interface GuardedEndpoint<S> extends AnyEndpoint {
  readonly access?: undefined
  /** Authenticates the caller. Default: the handler's own `authenticate`. */
  readonly authenticate?: Authenticator<unknown>
  /** Refuses bodies of the wrong media type. Default: anything but JSON is refused. */
  readonly checkMediaType?: (state: RequestState) => void
  answer(state: RequestState, found: Found, received: Received<S>): PlainReply | Promise<PlainReply>
}

/** An endpoint that answers every caller, without a limit (`open`) or within the limit by address. @internal */
export interface OpenEndpoint extends AnyEndpoint {
  readonly access: 'open' | 'counted'
  answer(state: RequestState, found: Found): PlainReply | Promise<PlainReply>
}

/** An endpoint. One that does not declare its `access` answers only authenticated callers. @internal */
export type Endpoint<S> = GuardedEndpoint<S> | OpenEndpoint
