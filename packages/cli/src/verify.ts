import { fingerprint, isTokenError, verifyToken } from '@rtc-token/core'
import type { Host } from './arguments/host.ts'
import type { Arguments } from './arguments/read-arguments.ts'
import { readLength } from './arguments/readings.ts'
import { UsageError } from './arguments/usage-error.ts'
import { drawFindings, type Finding, MARKS, sentence } from './output/finding.ts'
import { lengthText } from './output/moments.ts'
import type { Outcome } from './output/outcome.ts'
import { line, span } from './output/screen.ts'
import { tokenData } from './explain/describe-token.ts'
import { joinsToPublish, readExpectations } from './project/expectations.ts'
import { publishingDoubts } from './project/joined-role.ts'
import { readProject } from './project/read-project.ts'
import { readToken } from './project/token-input.ts'

/** `rtc-token verify`: checks a token and reports the result as the exit status. */
export async function verify(args: Arguments, host: Host): Promise<Outcome> {
  const { appId, certificates, findings } = await readProject(args, host)
  if (certificates.length === 0 && findings.length === 0) {
    throw new UsageError(
      'Expected a certificate in the environment, got none.',
      'Set AGORA_APP_CERTIFICATE, or pass a file of variables: --env-file .env',
    )
  }
  if (certificates.length === 0)
    return refused(
      findings.map((it) => ({ ...it, severity: 'fatal' })),
      host.width,
    )
  const { service: _service, ...expected } = readExpectations(args)
  const isPublisher = joinsToPublish(args)
  const token = await readToken(args, host)
  const clockToleranceSeconds = readLength(args.value('tolerance') ?? '0', '--tolerance')
  const { uid, ...others } = {
    now: host.now(),
    ...expected,
    ...(appId === undefined ? {} : { appId }),
  }
  const user = typeof uid === 'number' ? { uid } : {}
  try {
    const verified = verifyToken(token, {
      ...others,
      ...user,
      appCertificates: certificates,
      clockToleranceSeconds,
    })
    const left = verified.expiresAt - others.now
    const doubts = [...findings, ...(isPublisher ? publishingDoubts(token, others.now) : [])]
    return {
      command: 'verify',
      data: {
        token: tokenData(verified),
        fingerprint: fingerprint(token),
        remainingSeconds: Math.floor(left),
      },
      findings: doubts,
      screen: [
        line(span(...MARKS.good), ` Good: it ends in ${lengthText(left)}.`),
        ...drawFindings(doubts, host.width),
      ],
    }
  } catch (error) {
    if (!isTokenError(error)) throw error
    const remedy = 'For more, run rtc-token explain with the same options.'
    return refused(
      [{ code: error.code, severity: 'fatal', message: sentence(error.message), remedy }],
      host.width,
    )
  }
}

function refused(findings: readonly Finding[], width: number): Outcome {
  const screen = [
    line(span(...MARKS.fatal), span(' Refused.', 'strong')),
    ...drawFindings(findings, width),
  ]
  return { command: 'verify', data: {}, findings, screen }
}
