import type { Question } from '@rtc-token/demo/inspector'

/** What the visitor pastes besides the token. Empty texts are left out. */
export interface Evidence {
  /** What the SDK threw or printed. */
  readonly error: string
  readonly appId: string
  readonly appCertificate: string
}

/** Empty fields. */
export const NO_EVIDENCE: Evidence = { error: '', appId: '', appCertificate: '' }

/** All that is pasted, and what the client uses the token with. */
export type Seen = Evidence & { readonly question: Question }
