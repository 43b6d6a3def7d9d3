import type { ByteReader } from '../wire/byte-reader.ts'
import type { ByteWriter } from '../wire/byte-writer.ts'
import type { PrivilegeIds, Privileges } from '../wire/privilege-map.ts'

/** The shape every service of a 007 token implements: its number, its privileges, its layout. */
export interface ServiceCodec<Claims extends { readonly privileges: Privileges }> {
  /** The number of the service on the wire. */
  readonly type: number
  readonly privilegeIds: PrivilegeIds
  /** Writes what follows the privileges. */
  writePayload(writer: ByteWriter, claims: Claims): void
  /** Reads what follows the privileges. */
  readPayload(reader: ByteReader, privileges: Privileges): Claims
}
