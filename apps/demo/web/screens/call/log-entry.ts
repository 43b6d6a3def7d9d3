import type { RenewerEvents } from '@rtc-token/client-renewer'
import type { Tone } from '../../design/tone.ts'

/** The events of a renewer, and what the page adds: a first join, a sleep, a switch that was turned,
 * a notification of Agora's. */
export type EntryKind =
  | keyof RenewerEvents
  | 'joined'
  | 'refused'
  | 'published'
  | 'sleep'
  | 'switch'
  | 'agora'

/** One line of the log. Never holds a token. */
export interface LogEntry {
  readonly id: number
  /** Unix milliseconds. */
  readonly at: number
  /** Name of the seat; empty for what concerns all of them. */
  readonly seat: string
  readonly kind: EntryKind
  readonly text: string
  readonly tone: Tone
}

/** Which lines are wanted; an empty text stands for all. */
export interface LogFilter {
  readonly seat: string
  readonly kind: string
}

/** The lines that pass a filter. What concerns all seats passes for each. */
export function filterLog(entries: readonly LogEntry[], filter: LogFilter): readonly LogEntry[] {
  const { seat, kind } = filter
  return entries.filter(
    (entry) =>
      (seat === '' || entry.seat === '' || entry.seat === seat) &&
      (kind === '' || entry.kind === kind),
  )
}

/** The lines as text, one a line, in the order given. */
export function logText(entries: readonly LogEntry[]): string {
  return entries
    .map(({ at, seat, kind, text }) =>
      [new Date(at).toISOString(), seat || 'all', kind, text].join('\t'),
    )
    .join('\n')
}
