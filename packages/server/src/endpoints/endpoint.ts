import type { Asked } from '../asked.ts'
import type { PlainReply } from '../respond.ts'

/** What answers at one path. @internal */
export interface Endpoint {
  /** How metrics and traces call it. */
  readonly name: string
  readonly methods: readonly string[]
  /** Whether tokens come from here; those stop when the server closes. */
  readonly mints?: true
  /** `values` are the texts that stand in the path. */
  answer(asked: Asked, values: readonly string[]): PlainReply | Promise<PlainReply>
}
