import type { ReactNode } from 'react'
import type { LastAsk, RotationState } from '../../../server/rotation/rotation.ts'
import { Badge } from '../../design/badge.tsx'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Table } from '../../design/table.tsx'

/** Asks for tokens, and shows who signed each and whether it is good still. */
export function TokensCard({
  rotation,
  onAsk,
}: {
  readonly rotation: RotationState
  readonly onAsk: (isRenewal: boolean) => void
}): ReactNode {
  const { tokens, lastAsk } = rotation
  return (
    <Card title="Tokens and their keys">
      <div className="stack">
        <div className="row">
          <Button onPress={() => onAsk(false)}>Ask for a token</Button>
          <Button onPress={() => onAsk(true)} isDisabled={lastAsk === null}>
            Renew the last one
          </Button>
          <span role="status">{lastAsk ? sentenceOn(lastAsk) : ''}</span>
        </div>
        <Table
          caption="Tokens, the latest first"
          head={['Token', 'Key', 'Good now', 'First seen', 'Ends']}
          rows={tokens.map(({ fingerprint, keyId, isGood, at, where, expiresAt }) => ({
            key: fingerprint,
            cells: [
              <code key="token">{fingerprint}</code>,
              <code key="key">{keyId ?? 'unknown'}</code>,
              <Badge key="good" tone={isGood ? 'good' : 'plain'}>
                {isGood ? 'verifies' : 'no more'}
              </Badge>,
              `${timeOf(at)}, ${where}`,
              timeOf(expiresAt * 1000),
            ],
          }))}
        />
      </div>
    </Card>
  )
}

function sentenceOn({ isRenewal, status, code }: LastAsk): string {
  const what = isRenewal ? 'The renewal' : 'The request'
  return `${what} was answered with ${status}${code === undefined ? '' : ` ${code}`}.`
}

function timeOf(unixMs: number): string {
  return new Date(unixMs).toLocaleTimeString()
}
