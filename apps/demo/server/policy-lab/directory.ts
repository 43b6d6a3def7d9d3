import { randomUUID } from 'node:crypto'

/** A user that the labs know. An app would ask its own store of users. */
export interface Person {
  /** Names the person in rules, limits and audit events. */
  readonly id: string
  readonly name: string
  readonly part: 'host' | 'speaker' | 'listener'
  readonly tenant: string
  /** The one uid that this person has in Agora. */
  readonly uid: number
  readonly isBanned: boolean
}

const PEOPLE: readonly Person[] = [
  person('hana', 'Hana', 'host', 1001),
  person('sam', 'Sam', 'speaker', 1002),
  person('lin', 'Lin', 'listener', 1003),
  { ...person('ben', 'Ben', 'speaker', 1004), isBanned: true },
  { ...person('olga', 'Olga', 'host', 2001), tenant: 'globex' },
]

/** Signs people in. */
export interface Directory {
  /** Who sent this request, by its `Authorization: Bearer` header. */
  readonly find: (request: Request) => Person | null
  /** The header by which a person is known; `undefined` for an id that is not in the directory. */
  readonly credentialsOf: (id: string) => Readonly<Record<string, string>>
}

/** Creates a directory of five people, each with a pass of their own. */
export function createDirectory(): Directory {
  const passes = new Map(PEOPLE.map((person) => [person.id, randomUUID()]))
  const people = new Map(PEOPLE.map((person) => [`Bearer ${passes.get(person.id)}`, person]))
  return {
    find: (request) => people.get(request.headers.get('authorization') ?? '') ?? null,
    credentialsOf(id) {
      const pass = passes.get(id)
      return pass === undefined ? {} : { authorization: `Bearer ${pass}` }
    },
  }
}

function person(id: string, name: string, part: Person['part'], uid: number): Person {
  return { id, name, part, tenant: 'acme', uid, isBanned: false }
}
