import type { ReactNode } from 'react'
import { Card } from '../../design/card.tsx'
import type { SeatState } from './seat-state.ts'
import { barInUse, type MarkKind, type TokenBar } from './token-history.ts'
import { useNow } from '../../use-now.ts'

/** Each mark: its sign on the timeline, and what it stands for. */
const MARKS: Readonly<Record<MarkKind, readonly [sign: string, text: string]>> = {
  fetch: ['?', 'asked for a token'],
  renew: ['✓', 'renewed'],
  retry: ['!', 'a try failed'],
  rejoin: ['↩', 'joined again'],
  end: ['×', 'the token ended'],
  sleep: ['z', 'the tab slept'],
}

/** The life of every token of every seat on one axis of time: two lives back, one ahead. */
export function Timeline({
  seats,
  ttlSeconds,
}: {
  readonly seats: readonly SeatState[]
  readonly ttlSeconds: number
}): ReactNode {
  const now = useNow(500)
  const lifeMs = ttlSeconds * 1000
  const at = (moment: number): number => (100 * (moment - now + 2 * lifeMs)) / (3 * lifeMs)
  return (
    <Card title="Lives of the tokens">
      <div className="timeline">
        {seats.map((seat) => (
          <Track key={seat.name} seat={seat} now={now} at={at} />
        ))}
        <Axis ttlSeconds={ttlSeconds} />
      </div>
      <Legend />
    </Card>
  )
}

interface TrackProps {
  readonly seat: SeatState
  readonly now: number
  /** Where a moment is, in percent of the width. */
  readonly at: (moment: number) => number
}

function Track({ seat: { name, history }, now, at }: TrackProps): ReactNode {
  const inUse = barInUse(history)
  const left = inUse ? Math.max(0, Math.ceil((inUse.to - now) / 1000)) : undefined
  const words = inUse ? `token ${inUse.fingerprint}, ${left} s left` : 'no token in use'
  return (
    <div className="track-row">
      <span className="track-name">Seat {name}</span>
      <div className="track" role="img" aria-label={`Seat ${name}: ${words}`}>
        {history.bars.map((bar) => (
          <Bar key={bar.from} bar={bar} now={now} at={at} />
        ))}
        {history.marks.map(({ at: moment, kind }, index) => (
          <span
            // oxlint-disable-next-line react/no-array-index-key -- several may share a moment
            key={`${moment} ${kind} ${index}`}
            className="mark"
            data-mark={kind}
            style={{ left: `${at(moment)}%` }}
          >
            {MARKS[kind][0]}
          </span>
        ))}
        <span className="track-now" style={{ left: `${at(now)}%` }} />
      </div>
    </div>
  )
}

// What a token had left when another took its place is drawn pale.
function Bar({ bar, now, at }: Omit<TrackProps, 'seat'> & { readonly bar: TokenBar }): ReactNode {
  const { fingerprint, from, to, usedUntil } = bar
  const used = Math.min(to, usedUntil ?? now)
  return (
    <>
      <span className="bar" data-part="left" style={span(at, from, usedUntil ?? to)} />
      <span className="bar" data-part="used" style={span(at, from, used)}>
        {fingerprint}
      </span>
    </>
  )
}

function span(at: TrackProps['at'], from: number, to: number): { left: string; width: string } {
  return { left: `${at(from)}%`, width: `${Math.max(0, at(to) - at(from))}%` }
}

function Axis({ ttlSeconds }: { readonly ttlSeconds: number }): ReactNode {
  const labels = [`−${2 * ttlSeconds} s`, `−${ttlSeconds} s`, 'now', `+${ttlSeconds} s`]
  return (
    <div className="axis" aria-hidden="true">
      {labels.map((label) => (
        <span key={label}>{label}</span>
      ))}
    </div>
  )
}

function Legend(): ReactNode {
  return (
    <ul className="legend">
      {Object.entries(MARKS).map(([kind, [sign, text]]) => (
        <li key={kind}>
          <span className="mark" data-mark={kind} aria-hidden="true">
            {sign}
          </span>
          {text}
        </li>
      ))}
    </ul>
  )
}
