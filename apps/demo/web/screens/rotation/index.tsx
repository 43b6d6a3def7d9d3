import type { ReactNode } from 'react'
import type { ScreenProps } from '../../screen.ts'
import { DropsCard } from './drops-card.tsx'
import { KeysCard } from './keys-card.tsx'
import { SeatsCard } from './seats-card.tsx'
import { TokensCard } from './tokens-card.tsx'
import { useRotation } from './use-rotation.ts'

/** Swaps the certificates of the stand-in's project while calls go on. */
export function RotationScreen({ welcome }: ScreenProps): ReactNode {
  const { reply: rotation, problem, post } = useRotation()
  if (!rotation) return <p role="status">{problem ?? 'Looking at the keys …'}</p>
  return (
    <div className="stack">
      {problem !== undefined && <p role="alert">{problem}</p>}
      <KeysCard rotation={rotation} onStep={(step) => void post(`/demo/rotation/${step}`)} />
      {welcome.isCloud ? (
        <p>
          With Agora’s cloud the keys here are of a project that exists on this machine only: yours
          are swapped in the console.
        </p>
      ) : (
        <SeatsCard welcome={welcome} seats={rotation.seats} />
      )}
      <TokensCard
        rotation={rotation}
        onAsk={(isRenewal) => void post(`/demo/rotation/${isRenewal ? 'renew' : 'ask'}`)}
      />
      <DropsCard />
    </div>
  )
}
