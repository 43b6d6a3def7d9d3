import { type DecodedToken, decodeToken, type Explanation, fingerprint } from '@rtc-token/core'
import type { Host } from '../arguments/host.ts'
import type { Arguments } from '../arguments/read-arguments.ts'
import { drawFindings, type Finding, MARKS, worstFirst } from '../output/finding.ts'
import { lengthText } from '../output/moments.ts'
import type { Outcome } from '../output/outcome.ts'
import { cut, type Line, line, span } from '../output/screen.ts'
import { joinsToPublish, readExpectations } from '../project/expectations.ts'
import { forPublisher } from '../project/joined-role.ts'
import { type KnownProject, readProject } from '../project/read-project.ts'
import { readToken } from '../project/token-input.ts'
import { drawToken, tokenData } from './describe-token.ts'
import { explainError } from './explain-error.ts'
import { explainWith } from './explain-with.ts'
import { drawLife, type Life } from './life-bar.ts'

const DAY_SECONDS = 86_400

/** `rtc-token explain`: shows the content of a token, and why it is refused. */
export async function explain(args: Arguments, host: Host): Promise<Outcome> {
  const project = await readProject(args, host)
  const expected = { now: host.now(), ...readExpectations(args), ...appIdOf(project) }
  const error = args.value('error')
  if (error !== undefined) {
    const token = args.positionals[0] === undefined ? undefined : await readToken(args, host)
    return explainError(error, {
      token,
      sdk: args.value('sdk'),
      expected,
      project,
      width: host.width,
    })
  }
  const isPublisher = joinsToPublish(args)
  const token = await readToken(args, host)
  const explanation = explainWith(token, project, expected)
  return outcomeOf(token, explanation, {
    project,
    now: expected.now,
    width: host.width,
    isPublisher,
  })
}

function appIdOf({ appId }: KnownProject): { readonly appId?: string } {
  return appId === undefined ? {} : { appId }
}

interface Around {
  readonly project: KnownProject
  readonly now: number
  readonly width: number
  readonly isPublisher: boolean
}

function outcomeOf(
  token: string,
  explanation: Explanation,
  { project, now, width, isPublisher }: Around,
): Outcome {
  const ofToken = isPublisher ? forPublisher(explanation.findings) : explanation.findings
  const findings = worstFirst([...ofToken, ...project.findings])
  const verdict = verdictOf(explanation, findings, now)
  return {
    command: 'explain',
    data: { kind: explanation.kind, verdict: verdict.kind, ...dataOf(token, explanation, now) },
    findings,
    screen: [
      verdictLine(verdict, width),
      ...drawExplanation(explanation, now, width),
      line(),
      ...drawFindings(findings, width),
    ],
  }
}

interface Verdict {
  readonly kind: 'good' | 'doubtful' | 'refused' | 'not-a-token'
  readonly text: string
}

function verdictOf(
  { kind, ...rest }: Explanation,
  findings: readonly Finding[],
  now: number,
): Verdict {
  const [worst] = findings
  if (kind === 'not-a-token') return { kind, text: `Not a token: ${worst?.message ?? ''}` }
  if (worst?.severity === 'fatal') return { kind: 'refused', text: `Refused: ${worst.message}` }
  if (worst?.severity === 'warning') return { kind: 'doubtful', text: `Doubtful: ${worst.message}` }
  const left = 'decoded' in rest ? rest.decoded.expiresAt - now : 0
  return { kind: 'good', text: `Good: no fault was found, and it ends in ${lengthText(left)}.` }
}

function verdictLine({ kind, text }: Verdict, width: number): Line {
  const [mark, style] = MARKS[kind === 'good' ? 'good' : kind === 'doubtful' ? 'warning' : 'fatal']
  return line(span(mark, style), ' ', span(cut(text, width - 2), 'strong'))
}

function drawExplanation(explanation: Explanation, now: number, width: number): Line[] {
  if (explanation.kind !== 'token') return []
  const { decoded } = explanation
  return [line(), ...drawToken(decoded, width), line(), ...drawLife(lifeOf(decoded, now), width)]
}

function lifeOf(token: DecodedToken, now: number): Life {
  const endsAt = token.expiresAt
  if (token.version === '007')
    return { issuedAt: token.issuedAt, isIssueGuessed: false, endsAt, now }
  // A 006 token has no issue time, but its builders set the end of the whole token one day after it.
  const issuedAt = Math.max(0, Math.min(token.tokenExpiresAt - DAY_SECONDS, endsAt))
  return { issuedAt, isIssueGuessed: true, endsAt, now }
}

function dataOf(token: string, explanation: Explanation, now: number): object {
  if (explanation.kind !== 'token') return {}
  const { decoded } = explanation
  const left = decoded.expiresAt - now
  return {
    token: tokenData(decoded),
    ...fingerprintOf(token),
    remainingSeconds: Math.max(0, Math.floor(left)),
  }
}

/** The fingerprint as in logs, if the text is the token itself. */
function fingerprintOf(token: string): object {
  try {
    decodeToken(token)
    return { fingerprint: fingerprint(token) }
  } catch {
    return {}
  }
}
