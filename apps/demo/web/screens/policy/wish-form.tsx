import type { ReactNode } from 'react'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Choice } from '../../design/choice.tsx'
import { TextField } from '../../design/field.tsx'
import type { Wish } from './wish.ts'

/** What the form shows, and its callbacks. */
export interface WishFormProps {
  readonly wish: Wish
  readonly onChange: (changes: Partial<Wish>) => void
  readonly onAsk: () => void
  readonly isBusy: boolean
  /** Fingerprint of the last grant. */
  readonly lastGrant: string | undefined
}

const PEOPLE = [
  ['hana', 'Hana, host'],
  ['sam', 'Sam, speaker'],
  ['lin', 'Lin, listener'],
  ['ben', 'Ben, banned'],
  ['olga', 'Olga, host of another tenant'],
  ['stranger', 'Stranger: no credentials'],
] as const
const ROLES = [
  ['none', 'Not said'],
  ['subscriber', 'Subscriber'],
  ['publisher', 'Publisher'],
] as const
const SERVICES = [
  ['rtc', 'Calls'],
  ['rtc,rtm', 'Calls and messaging'],
  ['rtm', 'Messaging'],
] as const

/** Who asks, and for what. */
export function WishForm({ wish, onChange, onAsk, isBusy, lastGrant }: WishFormProps): ReactNode {
  const proofs = [
    ['none', 'None: a first token'],
    ['last', `The last grant, ${lastGrant ?? 'none yet'}`],
  ] as const
  return (
    <Card title="Who wishes what">
      <div className="stack">
        <Choice
          label="User"
          value={wish.person}
          options={PEOPLE}
          onChange={(person) => onChange({ person })}
        />
        <TextField
          label="Channel"
          hint="Try tenant-acme-lobby, tenant-globex-stage or *. Blank: not sent."
          value={wish.channel}
          onChange={(channel) => onChange({ channel })}
        />
        <Choice
          label="Role"
          value={wish.role}
          options={ROLES}
          onChange={(role) => onChange({ role })}
        />
        <TextField
          label="Length of life"
          hint="Seconds, or 90s, 15m, 1h. Try 1795288141, which is a moment."
          value={wish.ttl}
          onChange={(ttl) => onChange({ ttl })}
        />
        <Choice
          label="Services"
          value={wish.services}
          options={SERVICES}
          onChange={(services) => onChange({ services })}
        />
        <TextField
          label="Uid or account"
          hint="Blank: the policy says who you are. Try 1001, which is Hana’s."
          value={wish.identity}
          onChange={(identity) => onChange({ identity })}
        />
        <Choice
          label="Previous token"
          value={wish.proof}
          options={proofs}
          onChange={(proof) => onChange({ proof })}
        />
        <div>
          <Button kind="primary" onPress={onAsk} isDisabled={isBusy}>
            Ask for a token
          </Button>
        </div>
      </div>
    </Card>
  )
}
