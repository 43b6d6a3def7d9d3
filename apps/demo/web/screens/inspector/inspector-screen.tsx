import './inspector.css'
import { explainToken } from '@rtc-token/core/inspect'
import { type ReactNode, useState } from 'react'
import { Card } from '../../design/card.tsx'
import { CopyButton } from '../../design/copy-button.tsx'
import type { ScreenProps } from '../../screen.ts'
import { useNow } from '../../use-now.ts'
import { EMPTY_QUESTION, expectedOf, type Question } from './expected-of.ts'
import { Findings } from './findings.tsx'
import { askForToken } from './fresh-token.ts'
import { QuestionForm } from './question-form.tsx'
import { makeReport } from './report.ts'
import { ServerCheck } from './server-check.tsx'
import { askServer, type Verdict } from './server-verdict.ts'
import { TokenContent } from './token-content.tsx'
import { useFingerprint } from './use-fingerprint.ts'

/** Reads any token that is pasted, and says why it is refused. */
export function InspectorScreen({ welcome }: ScreenProps): ReactNode {
  const [question, setQuestion] = useState(EMPTY_QUESTION)
  const fresh = (): void => void askForToken(welcome).then(setQuestion, () => {})
  return (
    <div className="inspector">
      <QuestionForm
        question={question}
        onChange={setQuestion}
        onFresh={fresh}
        title="Why is it refused?"
        hint="It is read in this page and goes nowhere unless you ask the server."
      />
      {question.token.trim() !== '' && <Answer question={question} pass={welcome.pass} />}
    </div>
  )
}

interface AnswerProps {
  readonly question: Question
  readonly pass: string
}

function Answer({ question, pass }: AnswerProps): ReactNode {
  const now = useNow(1000)
  const fingerprint = useFingerprint(question.token)
  const [verdict, ask] = useVerdict({ question, pass })
  const explanation = explainToken(question.token, { ...expectedOf(question), now: now / 1000 })
  const report = (): string =>
    makeReport({ question, fingerprint, explanation, verdict, now: new Date(now) })
  return (
    <div className="stack">
      <Card title="Findings" aside={<CopyButton text={report}>Copy a report</CopyButton>}>
        <Findings findings={explanation.findings} />
      </Card>
      <ServerCheck verdict={verdict} onAsk={ask} />
      {explanation.kind === 'token' && <TokenContent decoded={explanation.decoded} now={now} />}
    </div>
  )
}

// A verdict is about one question: when that changes, it is about nothing any more.
function useVerdict({ question, pass }: AnswerProps): [Verdict | undefined, () => Promise<void>] {
  const [given, setGiven] = useState<{ readonly question: Question; readonly verdict: Verdict }>()
  const ask = async (): Promise<void> => {
    const verdict = await askServer(question, pass)
    setGiven({ question, verdict })
  }
  return [given?.question === question ? given.verdict : undefined, ask]
}
