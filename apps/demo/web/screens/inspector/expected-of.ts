import type { ExplainExpectations } from '@rtc-token/core/inspect'

/** A service at whose door a token may be used. */
export type Door = NonNullable<ExplainExpectations['service']>

/** What the visitor filled in: the token, and what a client uses it with. Empty texts are left out. */
export interface Question {
  readonly token: string
  /** Blank: what else is given says which. */
  readonly service: Door | ''
  readonly channel: string
  readonly user: string
  readonly userKind: 'uid' | 'account'
  readonly userId: string
}

/** An empty form. */
export const EMPTY_QUESTION: Question = {
  token: '',
  service: '',
  channel: '',
  user: '',
  userKind: 'uid',
  userId: '',
}

/** What the token is to be compared with. */
export function expectedOf(question: Question): ExplainExpectations {
  const { service, channel, user, userKind, userId } = question
  const name = user.trim()
  return {
    ...(service !== '' && { service }),
    ...(channel !== '' && { channel }),
    ...(name !== '' && (userKind === 'uid' ? { uid: Number(name) } : { account: user })),
    ...(userId !== '' && { userId }),
  }
}
