import type { ReactNode } from 'react'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Choice } from '../../design/choice.tsx'
import { Select, TextArea, TextField } from '../../design/field.tsx'
import { EXAMPLES } from './examples.ts'
import { type Door, EMPTY_QUESTION, type Question } from './expected-of.ts'

/** What the form needs. */
export interface QuestionFormProps {
  readonly question: Question
  readonly onChange: (question: Question) => void
  /** The visitor wants a fresh token of the demo's own server. Left out where there is none. */
  readonly onFresh?: () => void
  readonly title: string
  /** Where the token goes. */
  readonly hint: string
  /** Further fields. */
  readonly children?: ReactNode
}

const KINDS = [
  ['uid', 'uid (a number)'],
  ['account', 'account (a text)'],
] as const

const DOORS: readonly (readonly [Door | '', string])[] = [
  ['', 'as what is given below says'],
  ['rtc', 'rtc: calls'],
  ['rtm', 'rtm: messaging'],
  ['rtm2', 'rtm2: messaging with permissions'],
  ['chat', 'chat'],
  ['streaming', 'streaming'],
  ['fcdn', 'fcdn: Fusion CDN'],
  ['fpa', 'fpa: full-path acceleration'],
  ['apaas', 'apaas: flexible classroom'],
  ['convoAI', 'convoAI: conversational AI'],
  ['stt', 'stt: speech to text'],
]

/** Where the visitor pastes a token and says what the client uses it with. */
export function QuestionForm(props: QuestionFormProps): ReactNode {
  const { question, onChange, onFresh, title, hint, children } = props
  const change = (changes: Partial<Question>): void => onChange({ ...question, ...changes })
  return (
    <Card title={title}>
      <div className="stack">
        <TextArea
          label="Token"
          hint={hint}
          value={question.token}
          onChange={(token) => change({ token })}
        />
        <Samples onChange={onChange} {...(onFresh && { onFresh })} />
        <Uses question={question} change={change} />
        {children}
      </div>
    </Card>
  )
}

interface UsesProps {
  readonly question: Question
  readonly change: (changes: Partial<Question>) => void
}

function Uses({ question, change }: UsesProps): ReactNode {
  return (
    <>
      <Select
        label="Service at which it is used"
        value={question.service}
        options={DOORS}
        onChange={(value) => change({ service: DOORS.find(([door]) => door === value)?.[0] ?? '' })}
      />
      <TextField
        label="Channel that the client joins"
        value={question.channel}
        onChange={(channel) => change({ channel })}
      />
      <TextField
        label="User that it joins as"
        value={question.user}
        onChange={(user) => change({ user })}
      />
      <Choice
        label="The user is"
        value={question.userKind}
        options={KINDS}
        onChange={(userKind) => change({ userKind })}
      />
      <TextField
        label="User id in messaging or chat"
        value={question.userId}
        onChange={(userId) => change({ userId })}
      />
    </>
  )
}

function Samples({
  onChange,
  onFresh,
}: Pick<QuestionFormProps, 'onChange' | 'onFresh'>): ReactNode {
  return (
    <div className="row" role="group" aria-label="Examples">
      {EXAMPLES.map(([name, example]) => (
        <Button key={name} onPress={() => onChange(example)}>
          {name}
        </Button>
      ))}
      {onFresh && <Button onPress={onFresh}>A fresh one of this server</Button>}
      <Button onPress={() => onChange(EMPTY_QUESTION)}>Clear</Button>
    </div>
  )
}
