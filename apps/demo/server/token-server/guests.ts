import { randomInt, randomUUID } from 'node:crypto'

/** Somebody who opened the page. An app would have users of its own here. */
export interface Guest {
  readonly uid: number
}

/** The sign-in of the demo: whoever opens the page becomes a guest. */
export interface Guests {
  /** Makes a guest; `pass` is what the page shows from then on. */
  readonly signIn: () => { readonly pass: string; readonly uid: number }
  /** Who sent this request, by its `Authorization: Bearer` header. */
  readonly find: (request: Request) => Guest | null
}

/** Creates an empty guest book, kept in memory. */
export function createGuests(): Guests {
  const guests = new Map<string, Guest>()
  return {
    signIn() {
      const pass = randomUUID()
      const guest = { uid: randomInt(1, 2 ** 31) }
      guests.set(pass, guest)
      return { pass, ...guest }
    },
    find(request) {
      const [, pass = ''] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? []
      return guests.get(pass) ?? null
    },
  }
}
