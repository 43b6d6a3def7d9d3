let lastTurn: Promise<unknown> = Promise.resolve()

/** Opens pages one after the other: many at once would make each seem slow, and all of them late. */
export function inTurn<Opened>(open: () => Promise<Opened>): Promise<Opened> {
  const turn = lastTurn.then(open)
  lastTurn = turn.catch(() => undefined)
  return turn
}
