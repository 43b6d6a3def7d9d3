import { explainSdkError, type SdkErrorMeaning } from '@rtc-token/core/sdk-errors'
import { Card, expectedOf, Findings } from '@rtc-token/demo/inspector'
import type { ReactNode } from 'react'
import { sdkErrorPath } from '../../site/sdk-error-path.ts'
import type { Seen } from './evidence.ts'

const HEADS = {
  known: 'What the error means',
  ambiguous: 'What the error may mean',
  unknown: 'This error is not known here',
} as const

/** What an error of an SDK means, and what in the token leads to it. */
export function SdkErrorCard({ error, question, appId }: Seen): ReactNode {
  const { kind, meanings, because } = explainSdkError(error.trim(), {
    ...expectedOf(question),
    ...(appId.trim() !== '' && { appId: appId.trim() }),
    ...(question.token.trim() !== '' && { token: question.token }),
  })
  return (
    <Card title={HEADS[kind]}>
      <ul className="findings">
        {meanings.map((meaning) => (
          <Meaning key={meaning.says} {...meaning} />
        ))}
      </ul>
      {because.length > 0 && (
        <div className="stack">
          <h3>In the token</h3>
          <Findings findings={because} />
        </div>
      )}
    </Card>
  )
}

function Meaning(error: SdkErrorMeaning): ReactNode {
  return (
    <li>
      <a href={`${sdkErrorPath(error)}.html`}>{error.says}</a>
      <p>{error.meaning}</p>
      <p className="muted">{error.remedy}</p>
    </li>
  )
}
