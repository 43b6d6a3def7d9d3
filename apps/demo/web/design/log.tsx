import type { ReactNode } from 'react'
import type { Tone } from './tone.ts'

/** One line of a log. */
export interface LogLine {
  readonly key: string | number
  /** Unix milliseconds. */
  readonly at: number
  /** Short words before the text: who, what kind. */
  readonly marks?: readonly string[]
  readonly text: string
  readonly tone?: Tone
}

/** Lines with their time, in the order given. Can be scrolled by keyboard. */
export function Log({
  label,
  lines,
}: {
  readonly label: string
  readonly lines: readonly LogLine[]
}): ReactNode {
  return (
    <div className="log" role="region" aria-label={label} tabIndex={0}>
      <ol>
        {lines.map(({ key, at, marks = [], text, tone = 'plain' }) => (
          <li key={key}>
            <time>{new Date(at).toLocaleTimeString()}</time>
            {marks.map((mark) => (
              <span key={mark} className="muted">
                {mark}
              </span>
            ))}
            <span data-tone={tone}>{text}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
