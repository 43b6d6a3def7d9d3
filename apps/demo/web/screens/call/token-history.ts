/** One token in use. Moments are unix milliseconds of the page. */
export interface TokenBar {
  readonly fingerprint: string
  readonly from: number
  /** Its end, as far as is known. */
  readonly to: number
  /** When it was no longer in use: replaced, ended, or the user had left. */
  readonly usedUntil?: number
}

/** What is marked on the timeline. */
export type MarkKind = 'fetch' | 'renew' | 'retry' | 'rejoin' | 'end' | 'sleep'

/** Something that happened at a moment, in unix milliseconds. */
export interface Mark {
  readonly at: number
  readonly kind: MarkKind
}

/** The tokens of one seat, oldest first, and what happened to them. */
export interface TokenHistory {
  readonly bars: readonly TokenBar[]
  readonly marks: readonly Mark[]
}

/** A seat that has had no token. */
export const NO_HISTORY: TokenHistory = { bars: [], marks: [] }

/** Puts a mark on the timeline. */
export function addMark(history: TokenHistory, mark: Mark): TokenHistory {
  return { ...history, marks: [...history.marks, mark] }
}

/** A new token is in use, and the one before no longer. */
export function addBar(history: TokenHistory, bar: TokenBar): TokenHistory {
  return { ...history, bars: [...closeLast(history.bars, bar.from), bar] }
}

/** The token in use is no longer in use. */
export function closeBar(history: TokenHistory, at: number): TokenHistory {
  return { ...history, bars: closeLast(history.bars, at) }
}

/** The token in use ends sooner than was known: the tab has slept through a part of its life. */
export function shortenBar(history: TokenHistory, byMs: number): TokenHistory {
  const bars = history.bars.map((bar) =>
    bar.usedUntil === undefined ? { ...bar, to: bar.to - byMs } : bar,
  )
  return { ...history, bars }
}

/** Forgets what was over before a moment. */
export function forgetBefore({ bars, marks }: TokenHistory, moment: number): TokenHistory {
  return {
    bars: bars.filter(({ to, usedUntil = Infinity }) => Math.min(to, usedUntil) >= moment),
    marks: marks.filter(({ at }) => at >= moment),
  }
}

/** The token in use. */
export function barInUse({ bars }: TokenHistory): TokenBar | undefined {
  const last = bars.at(-1)
  return last?.usedUntil === undefined ? last : undefined
}

function closeLast(bars: readonly TokenBar[], at: number): readonly TokenBar[] {
  return bars.map((bar) => (bar.usedUntil === undefined ? { ...bar, usedUntil: at } : bar))
}
