import type { ExplainExpectations } from '@rtc-token/core/inspect'

/** What the visitor filled in: the token, and what a client joins with. Empty texts are left out. */
export interface Question {
  readonly token: string
  readonly channel: string
  readonly user: string
  readonly userKind: 'uid' | 'account'
}

/** An empty form. */
export const EMPTY_QUESTION: Question = { token: '', channel: '', user: '', userKind: 'uid' }

/** What the token is to be compared with. */
export function expectedOf({ channel, user, userKind }: Question): ExplainExpectations {
  const name = user.trim()
  return {
    ...(channel !== '' && { channel }),
    ...(name !== '' && (userKind === 'uid' ? { uid: Number(name) } : { account: user })),
  }
}
