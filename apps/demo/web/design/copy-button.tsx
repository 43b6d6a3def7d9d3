import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'

/** Puts a text on the clipboard and says whether that worked. */
export function CopyButton({
  text,
  children,
}: {
  readonly text: () => string
  readonly children: ReactNode
}): ReactNode {
  const [outcome, setOutcome] = useState('')
  const copy = (): void => {
    navigator.clipboard.writeText(text()).then(
      () => setOutcome('Copied'),
      () => setOutcome('The browser did not allow it'),
    )
  }
  return (
    <span className="row">
      <Button onPress={copy}>{children}</Button>
      <span className="muted" role="status">
        {outcome}
      </span>
    </span>
  )
}
