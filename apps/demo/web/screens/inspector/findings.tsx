import type { Finding } from '@rtc-token/core/inspect'
import type { ReactNode } from 'react'
import { Badge } from '../../design/badge.tsx'
import type { Tone } from '../../design/tone.ts'

const TONES: Readonly<Record<Finding['severity'], Tone>> = {
  fatal: 'bad',
  warning: 'warn',
  info: 'plain',
}

/** What is wrong with a token, the worst first, and what to change. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  return (
    <ul className="findings">
      {findings.map(({ code, severity, message, remedy, platformErrors }) => (
        <li key={`${code} ${message}`}>
          <div className="row">
            <Badge tone={TONES[severity]}>{severity}</Badge>
            <code>{code}</code>
            {platformErrors.length > 0 && (
              <span className="muted">SDK errors {platformErrors.join(', ')}</span>
            )}
          </div>
          <p>{message}</p>
          <p className="muted">{remedy}</p>
        </li>
      ))}
    </ul>
  )
}
