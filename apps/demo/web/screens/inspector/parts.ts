// What the inspector of the site has in common with that of the demo; the site has no server to ask.
import './inspector.css'

export { Card } from '../../design/card.tsx'
export { CopyButton } from '../../design/copy-button.tsx'
export { TextArea, TextField } from '../../design/field.tsx'
export { useNow } from '../../use-now.ts'
export { EMPTY_QUESTION, expectedOf, type Question } from './expected-of.ts'
export { Findings } from './findings.tsx'
export { QuestionForm } from './question-form.tsx'
export { makeReport, type ReportParts } from './report.ts'
export { TokenContent } from './token-content.tsx'
export { useFingerprint } from './use-fingerprint.ts'
