import { type ReactNode, useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'

import type { Verdict } from './server-verdict.ts'

/** The signature, which only the server can check. */
export function ServerCheck({
  verdict,
  onAsk,
}: {
  readonly verdict: Verdict | undefined
  readonly onAsk: () => Promise<void>
}): ReactNode {
  const [isAsking, setAsking] = useState(false)
  const ask = (): void => {
    setAsking(true)
    void onAsk().finally(() => setAsking(false))
  }
  return (
    <Card title="Signature">
      <div className="stack">
        <p className="muted">
          Only the server has the certificate. Asking sends the token there, with your pass.
        </p>
        <Button onPress={ask} isDisabled={isAsking}>
          Ask the server
        </Button>
        <p role="status" data-tone={verdict?.tone ?? 'plain'}>
          {verdict?.text}
        </p>
      </div>
    </Card>
  )
}
