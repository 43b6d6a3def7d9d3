import type { ByteReader } from '../wire/byte-reader.ts'
import type { ByteWriter } from '../wire/byte-writer.ts'

/** The kinds of resources in RTM permissions, with their numbers in a token. */
export const RTM_RESOURCES = {
  messageChannels: 0,
  streamChannels: 1,
  groupChannels: 2,
  serverGroups: 3,
  users: 4,
} as const

/** The kinds of access, with their numbers in a token. */
export const RTM_ACCESS = { read: 0, write: 1 } as const

/** One permission of messaging: resources of one kind, and the access to them. */
export interface Rtm2Permission {
  /**
   * `messageChannels`, `streamChannels`, `groupChannels`, `serverGroups` or `users`; an unknown kind is its
   * number in decimal.
   */
  readonly resource: string
  /** `read` or `write`; an unknown kind is its number in decimal. */
  readonly access: string
  readonly names: readonly string[]
}

/** Writes two levels of maps, both in ascending order of number; names keep the caller's order. */
export function writePermissions(writer: ByteWriter, permissions: readonly Rtm2Permission[]): void {
  const resources = grouped(permissions, ({ resource }) => numberOf(resource, RTM_RESOURCES))
  writer.u16(resources.length, 'resource count')
  for (const [resource, ofResource] of resources) {
    const accesses = grouped(ofResource, ({ access }) => numberOf(access, RTM_ACCESS))
    writer.u16(resource, 'resource').u16(accesses.length, 'access count')
    for (const [access, ofAccess] of accesses) {
      const names = ofAccess.at(-1)!.names
      writer.u16(access, 'access').u16(names.length, 'name count')
      for (const name of names) writer.text(name, 'resource name')
    }
  }
}

/** Reads what {@link writePermissions} writes. */
export function readPermissions(reader: ByteReader): Rtm2Permission[] {
  const permissions: Rtm2Permission[] = []
  for (let resources = reader.u16('resource count'); resources > 0; resources--) {
    const resource = nameOf(reader.u16('resource'), RTM_RESOURCES)
    for (let accesses = reader.u16('access count'); accesses > 0; accesses--) {
      const access = nameOf(reader.u16('access'), RTM_ACCESS)
      permissions.push({ resource, access, names: readNames(reader) })
    }
  }
  return permissions
}

function readNames(reader: ByteReader): string[] {
  const names: string[] = []
  for (let left = reader.u16('name count'); left > 0; left--)
    names.push(reader.text('resource name'))
  return names
}

function grouped<T>(items: readonly T[], numberOf: (item: T) => number): [number, T[]][] {
  const groups = new Map<number, T[]>()
  for (const item of items) {
    const number = numberOf(item)
    const group = groups.get(number)
    if (group) group.push(item)
    else groups.set(number, [item])
  }
  return [...groups].toSorted(([a], [b]) => a - b)
}

function numberOf(name: string, numbers: Readonly<Record<string, number>>): number {
  return numbers[name] ?? Number(name)
}

function nameOf(number: number, numbers: Readonly<Record<string, number>>): string {
  return Object.keys(numbers).find((name) => numbers[name] === number) ?? String(number)
}
