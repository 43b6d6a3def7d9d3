import { explainToken } from '@rtc-token/core'
import {
  Card,
  CopyButton,
  EMPTY_QUESTION,
  expectedOf,
  Findings,
  makeReport,
  QuestionForm,
  TextArea,
  TextField,
  TokenContent,
  useFingerprint,
  useNow,
} from '@rtc-token/demo/inspector'
import { type ReactNode, useState } from 'react'
import { SdkErrorCard } from './sdk-error-card.tsx'
import { type Evidence, NO_EVIDENCE, type Seen } from './evidence.ts'
import { signatureVerdict } from './signature-verdict.ts'

/** Reads a token and an error that are pasted, and says why the token is refused. All of it in the page. */
export function Inspector(): ReactNode {
  const [question, setQuestion] = useState(EMPTY_QUESTION)
  const [evidence, setEvidence] = useState(NO_EVIDENCE)
  const change = (changes: Partial<Evidence>): void => setEvidence({ ...evidence, ...changes })
  const seen = { ...evidence, question }
  return (
    <div className="inspector">
      <QuestionForm
        question={question}
        onChange={setQuestion}
        title="What you have"
        hint="It is read in this page and cannot leave it."
      >
        <Further evidence={evidence} change={change} />
      </QuestionForm>
      <div className="stack" aria-live="polite">
        {evidence.error.trim() !== '' && <SdkErrorCard {...seen} />}
        {question.token.trim() !== '' && <TokenCards {...seen} />}
      </div>
    </div>
  )
}

interface FurtherProps {
  readonly evidence: Evidence
  readonly change: (changes: Partial<Evidence>) => void
}

function Further({ evidence, change }: FurtherProps): ReactNode {
  return (
    <>
      <TextArea
        label="Error of the SDK"
        hint="A code, a number, or a line of the console, such as: invalid token, authorized failed"
        value={evidence.error}
        rows={2}
        onChange={(error) => change({ error })}
      />
      <TextField
        label="App ID of your project"
        value={evidence.appId}
        onChange={(appId) => change({ appId })}
      />
      <TextField
        label="App Certificate"
        hint="Only to check the signature, in this page: it is not stored, and the page's rules forbid every request."
        value={evidence.appCertificate}
        onChange={(appCertificate) => change({ appCertificate })}
      />
    </>
  )
}

function TokenCards({ question, appId, appCertificate }: Seen): ReactNode {
  const now = useNow(1000)
  const fingerprint = useFingerprint(question.token)
  const options = {
    ...expectedOf(question),
    ...(appId.trim() !== '' && { appId: appId.trim() }),
    ...(appCertificate.trim() !== '' && { appCertificate: appCertificate.trim() }),
    now: now / 1000,
  }
  const explanation = explainToken(question.token, options)
  const verdict = signatureVerdict(explanation, appCertificate)
  const report = (): string =>
    makeReport({ question, fingerprint, explanation, verdict, now: new Date(now) })
  return (
    <>
      <Card title="Findings" aside={<CopyButton text={report}>Copy a report</CopyButton>}>
        <Findings findings={explanation.findings} />
        <p data-tone={verdict?.tone ?? 'plain'}>{verdict?.text}</p>
      </Card>
      {explanation.kind === 'token' && <TokenContent decoded={explanation.decoded} now={now} />}
    </>
  )
}
