import { malformed, TokenError } from '../errors.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'

/**
 * When each privilege of a token expires, by its name; an unknown privilege is its id in decimal. In 007 the
 * value is seconds from `issuedAt`, in 006 a Unix timestamp in seconds. In both, 0 means that the privilege
 * lasts as long as the token.
 */
export type Privileges = Readonly<Record<string, number>>

/** The privileges of a service: their names, and their ids in a token. */
export type PrivilegeIds = Readonly<Record<string, number>>

/** The names of a service's privileges by id. */
export type PrivilegeNames = ReadonlyMap<number, string>

/** Turns ids by name into names by id. */
export function privilegeNames(ids: PrivilegeIds): PrivilegeNames {
  return new Map(Object.entries(ids).map(([name, id]) => [id, name]))
}

/**
 * Writes a count and (id, value) pairs in ascending order of id, like all reference builders.
 *
 * @param from - added to every value; default 0
 */
export function writePrivileges(
  writer: ByteWriter,
  privileges: Privileges,
  ids: PrivilegeIds,
  from = 0,
): void {
  const start = writer.length
  writer.skip(2)
  let count = 0
  let latest = -1
  // Collecting the names in a list would double the garbage.
  for (const name in privileges) {
    if (!Object.hasOwn(privileges, name)) continue
    const id = idOf(name, ids)
    // The names are nearly always in order; checking or sorting them first would double the time.
    if (id < latest) return writeSorted(writer.backTo(start), privileges, ids, from)
    latest = id
    count++
    writer.u16(id, 'privilege id').u32(from + privileges[name]!, 'privilege')
  }
  writer.u16At(start, count, 'privilege count')
}

function writeSorted(
  writer: ByteWriter,
  privileges: Privileges,
  ids: PrivilegeIds,
  from: number,
): void {
  const names = Object.keys(privileges).toSorted((a, b) => idOf(a, ids) - idOf(b, ids))
  writer.u16(names.length, 'privilege count')
  for (const name of names) {
    writer.u16(idOf(name, ids), 'privilege id').u32(from + privileges[name]!, 'privilege')
  }
}

function idOf(name: string, ids: PrivilegeIds): number {
  return ids[name] ?? idFromDecimal(name)
}

/**
 * Reads what {@link writePrivileges} writes, in any order. It refuses an id that appears twice, because the
 * reference readers disagree on which of the two counts.
 *
 * @throws {TokenError} TOKEN_MALFORMED
 */
export function readPrivileges(reader: ByteReader, names: PrivilegeNames): Privileges {
  const privileges: Record<string, number> = {}
  for (let count = reader.u16('privilege count'); count > 0; count--) {
    const id = reader.u16('privilege id')
    const name = names.get(id) ?? String(id)
    if (Object.hasOwn(privileges, name)) {
      throw malformed(`privilege ${id}: once expected, got it twice`)
    }
    privileges[name] = reader.u32('privilege')
  }
  return privileges
}

function idFromDecimal(name: string): number {
  if (/^(0|[1-9]\d{0,4})$/.test(name)) return Number(name)
  throw new TokenError('PRIVILEGE_INVALID', `privilege ${JSON.stringify(name)}: no such privilege`)
}
