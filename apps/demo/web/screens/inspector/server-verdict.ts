import type { Finding } from '@rtc-token/core/inspect'
import type { Tone } from '../../design/tone.ts'
import { postJson } from '../../post-json.ts'
import { expectedOf, type Question } from './expected-of.ts'

/** What the server says of a signature; only it knows the certificates. */
export interface Verdict {
  readonly tone: Tone
  readonly text: string
}

/** Findings with which nothing is said of the signature, and what is said then. */
const VERDICTS: Readonly<Record<string, Verdict>> = {
  SIGNATURE_MISMATCH: { tone: 'bad', text: 'Not signed with a certificate of this project.' },
  APP_ID_IS_CERTIFICATE: {
    tone: 'bad',
    text: 'Made with App ID and certificate swapped: the secret is readable in it.',
  },
  SIGNATURE_UNCHECKED: {
    tone: 'warn',
    text: 'Not checked: a 006 token needs the channel and the user it was made for.',
  },
}

const SIGNED: Verdict = { tone: 'good', text: 'Signed with a certificate of this project.' }
const NO_TOKEN: Verdict = { tone: 'bad', text: 'There is no token to check.' }

/** Reply of the server's inspection, as far as it is read here. */
export interface Inspection {
  readonly kind: 'token' | 'not-a-token'
  readonly findings: readonly Finding[]
}

/** Asks the server of whose certificate a token carries the signature, as the guest with this pass. */
export async function askServer(question: Question, pass: string): Promise<Verdict> {
  const body = { token: question.token, ...expectedOf(question) }
  try {
    return verdictOf(
      await postJson<Inspection>('/api/agora/v1/tokens/inspect', body, {
        authorization: `Bearer ${pass}`,
      }),
    )
  } catch (error) {
    return { tone: 'bad', text: error instanceof Error ? error.message : String(error) }
  }
}

/** Reads an inspection for what it says of the signature. */
export function verdictOf({ kind, findings }: Inspection): Verdict {
  if (kind === 'not-a-token') return NO_TOKEN
  const told = findings.map(({ code }) => VERDICTS[code])
  return told.find((verdict) => verdict !== undefined) ?? SIGNED
}
