import type { DecodedToken } from '@rtc-token/core/inspect'
import type { ReactNode } from 'react'
import { Card } from '../../design/card.tsx'
import { Facts } from '../../design/facts.tsx'
import { describeToken } from './describe-token.ts'

/** What a token says: its fields, and what it grants. */
export function TokenContent({
  decoded,
  now,
}: {
  readonly decoded: DecodedToken
  /** Unix milliseconds. */
  readonly now: number
}): ReactNode {
  const { fields, grants } = describeToken(decoded)
  return (
    <Card title="What it says">
      <div className="stack">
        <p>
          <strong>{leftOf(decoded.expiresAt - now / 1000)}</strong>
        </p>
        <Facts facts={fields} />
        {grants.map(({ service, fields }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a service may occur twice
          <section key={index} className="grant">
            <h3>{service}</h3>
            <Facts facts={fields} />
          </section>
        ))}
      </div>
    </Card>
  )
}

function leftOf(seconds: number): string {
  const [days, hours] = [Math.floor(Math.abs(seconds) / 86_400), Math.abs(seconds) / 3600]
  const length =
    days > 1
      ? `${days} days`
      : hours >= 2
        ? `${Math.floor(hours)} hours`
        : `${Math.floor(Math.abs(seconds))} s`
  return seconds > 0 ? `Ends in ${length}.` : `Ended ${length} ago.`
}
