import type { Asked } from '../request/request-state.ts'
import type { PlainReply } from '../http/reply.ts'
import type { Match } from '../http/routes.ts'

/** The texts that stand in the path of a request, and its query. */
type Found = Pick<Match<unknown>, 'values' | 'query'>

/** What answers at one path. @internal */
export interface Endpoint {
  /** How metrics and traces call it. */
  readonly name: string
  readonly methods: readonly string[]
  /** Whether tokens come from here; those stop when the server closes. */
  readonly mints?: true
  answer(asked: Asked, found: Found): PlainReply | Promise<PlainReply>
}
