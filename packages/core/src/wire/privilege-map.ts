import { malformed, TokenError } from '../errors.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'

/**
 * Privileges by name, or by the decimal of an id that has no name here. In 007 a value is seconds
 * from the token's issue, 0 meaning as long as the token; in 006 it is a Unix timestamp in seconds, 0
 * meaning the token's own end.
 */
export type Privileges = Readonly<Record<string, number>>

/** The names of a service's privileges with their ids on the wire. */
export type PrivilegeIds = Readonly<Record<string, number>>

/** The same the other way round, for reading. */
export type PrivilegeNames = ReadonlyMap<number, string>

/** Turns ids by name into names by id. */
export function privilegeNames(ids: PrivilegeIds): PrivilegeNames {
  return new Map(Object.entries(ids).map(([name, id]) => [id, name]))
}

/**
 * Writes a count and (id, value) pairs in ascending order of id, as all reference builders do.
 *
 * @param from - is added to every value; default 0
 */
export function writePrivileges(
  writer: ByteWriter,
  privileges: Privileges,
  ids: PrivilegeIds,
  from = 0,
): void {
  const names = Object.keys(privileges)
  if (!isAscending(names, ids)) names.sort((a, b) => idOf(a, ids) - idOf(b, ids))
  writer.u16(names.length, 'privilege count')
  for (const name of names) {
    writer.u16(idOf(name, ids), 'privilege id').u32(from + privileges[name]!, 'privilege')
  }
}

/** Nearly always: sorting takes as long as writing. */
function isAscending(names: readonly string[], ids: PrivilegeIds): boolean {
  for (let i = 1; i < names.length; i++) {
    if (idOf(names[i - 1]!, ids) > idOf(names[i]!, ids)) return false
  }
  return true
}

function idOf(name: string, ids: PrivilegeIds): number {
  return ids[name] ?? idFromDecimal(name)
}

/**
 * Reads what {@link writePrivileges} writes, in any order. An id that comes twice is refused: the
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
