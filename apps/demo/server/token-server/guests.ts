import { randomInt, randomUUID } from 'node:crypto'

/** A visitor of the page. An app would have its own users here. */
export interface Guest {
  readonly uid: number
}

/** The sign-in of the demo: every visitor becomes a guest. */
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
