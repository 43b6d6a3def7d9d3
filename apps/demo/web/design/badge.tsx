import type { ReactNode } from 'react'
import type { Tone } from './tone.ts'

/** What a badge shows. */
export interface BadgeProps {
  /** Default `plain`. */
  readonly tone?: Tone
  readonly children: ReactNode
}

/** A state in a word or two. */
export function Badge({ tone = 'plain', children }: BadgeProps): ReactNode {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  )
}
