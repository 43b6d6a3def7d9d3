import type { ReactNode } from 'react'

/** Text that a machine reads, or JSON; can be scrolled by keyboard. */
export function Code({
  label,
  content,
}: {
  readonly label: string
  readonly content: string | object
}): ReactNode {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2)
  return (
    <pre role="region" aria-label={label} tabIndex={0}>
      <code>{text}</code>
    </pre>
  )
}
