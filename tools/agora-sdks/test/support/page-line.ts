/** The page's end of a connection. */
export interface Connection {
  /** Hears something from the other end. */
  hear(text: string): void
  /** Ends at once, without a goodbye. */
  lose(): void
}

/** The line between a page and the service, in the hands of a test. */
export interface PageLine {
  /** The connections that are open. */
  readonly connections: Set<Connection>
  /** Breaks every connection. Until the line is mended, new ones neither come about nor fail. */
  cut(): void
  mend(): void
  /** Acts as soon as the line is up. */
  whenUp(act: () => void): void
  /** From now on, messages of this type wait on the way. */
  hold(type: string): void
  /** From now on, messages of this type go through; those that wait go on waiting. */
  pass(type: string): void
  /** Sends a message now, or when it may go. */
  send(type: string, act: () => void): void
  /** Lets go the messages that wait. */
  release(): void
  /** Says what the service has no occasion to say. */
  tell(type: string, message: object): void
}

/** Makes a line that is up and holds nothing back. */
export function pageLine(): PageLine {
  const connections = new Set<Connection>()
  const types = new Set<string>()
  let isUp = true
  let waiting: (() => void)[] = []
  let held: (() => void)[] = []
  return {
    connections,
    cut() {
      isUp = false
      for (const connection of connections) connection.lose()
    },
    mend() {
      const acts = waiting
      waiting = []
      isUp = true
      for (const act of acts) act()
    },
    whenUp: (act) => (isUp ? act() : void waiting.push(act)),
    hold: (type) => void types.add(type),
    pass: (type) => void types.delete(type),
    send: (type, act) => (types.has(type) ? void held.push(act) : act()),
    release() {
      const acts = held
      held = []
      for (const act of acts) act()
    },
    tell(type, message) {
      const text = JSON.stringify({ _type: type, _message: message })
      for (const connection of connections) connection.hear(text)
    },
  }
}
