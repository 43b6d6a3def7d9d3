import type { ReactNode } from 'react'
import type { RotationState } from '../../../server/rotation/rotation.ts'
import type { RotationStage, RotationStep } from '../../../server/rotation/rotation-keys.ts'
import { Badge } from '../../design/badge.tsx'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Facts } from '../../design/facts.tsx'

const WORDS: Readonly<Record<RotationStage, string>> = {
  one: 'One key. Enable a second one: Agora and the server will take both, and sign with the old.',
  both: 'Two keys, and the old one signs. Every server knows both by now? Then turn.',
  turned: 'Two keys, and the new one signs. The old one stays until its tokens have ended.',
}
const STEPS: readonly (readonly [step: RotationStep, stage: RotationStage, text: string])[] = [
  ['add', 'one', '1. Add the secondary key'],
  ['turn', 'both', '2. Sign with it'],
  ['drop', 'turned', '3. Drop the old key'],
]

/** The keys in force, and the next step. */
export function KeysCard({
  rotation,
  onStep,
}: {
  readonly rotation: RotationState
  readonly onStep: (step: RotationStep) => void
}): ReactNode {
  const { stage, keyIds, waitSeconds } = rotation
  return (
    <Card title="Keys in force">
      <div className="stack">
        <Facts facts={keyIds.map((id, index) => [id, <Duty key={id} isSigner={index === 0} />])} />
        <p role="status">{WORDS[stage]}</p>
        <div className="row">
          {STEPS.map(([step, itsStage, text]) => (
            <Button
              key={step}
              kind={stage === itsStage ? 'primary' : 'plain'}
              isDisabled={stage !== itsStage || (step === 'drop' && waitSeconds > 0)}
              onPress={() => onStep(step)}
            >
              {text}
            </Button>
          ))}
        </div>
        {waitSeconds > 0 && <p className="muted">The old key may be dropped in {waitSeconds} s.</p>}
      </div>
    </Card>
  )
}

function Duty({ isSigner }: { readonly isSigner: boolean }): ReactNode {
  return <Badge tone={isSigner ? 'good' : 'plain'}>{isSigner ? 'signs' : 'verifies only'}</Badge>
}
