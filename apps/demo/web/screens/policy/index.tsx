import { type ReactNode, useEffect, useState } from 'react'
import type { LabAnswer } from '../../../server/policy-lab/policy-lab.ts'
// The file that decides, as it is.
import policySource from '../../../server/policy-lab/policy-lab-rules.ts?raw' // oxlint-disable-line import/default -- Vite makes text of it
import { Card } from '../../design/card.tsx'
import { usePost } from '../../use-post.ts'
import { Answer } from './answer.tsx'
import { Code } from './code.tsx'
import { bodyOf, FIRST_WISH, type Wish } from './wish.ts'
import { WishForm } from './wish-form.tsx'

/** Puts wishes of several users to a policy and shows all that happens to them. */
export function PolicyScreen(): ReactNode {
  const [wish, setWish] = useState<Wish>(FIRST_WISH)
  const [lastGrant, setLastGrant] = useState<string>()
  const { reply, problem, isBusy, post } = usePost<LabAnswer>()
  useEffect(() => {
    if (reply?.fingerprint) setLastGrant(reply.fingerprint)
  }, [reply])
  const ask = (): void =>
    void post('/demo/policy/ask', { person: wish.person, body: bodyOf(wish, lastGrant) })
  return (
    <div className="stack">
      <div className="grid">
        <WishForm
          wish={wish}
          onChange={(changes) => setWish({ ...wish, ...changes })}
          onAsk={ask}
          isBusy={isBusy}
          lastGrant={lastGrant}
        />
        <div className="stack">
          <p role="status">{problem ?? sentenceOn(reply)}</p>
          {reply && <Answer answer={reply} />}
        </div>
      </div>
      <Card title="The policy">
        <details>
          <summary>View the source</summary>
          <Code label="Source of the policy" content={policySource} />
        </details>
      </Card>
    </div>
  )
}

function sentenceOn(answer: LabAnswer | undefined): string {
  if (!answer) return 'No request yet.'
  const { reply, fingerprint } = answer
  if (fingerprint === null) return `Refused: ${String(reply.body['code'])}. Nothing was signed.`
  return `Granted for ${String(reply.body['expiresIn'])} s. The token is ${fingerprint}.`
}
