import type { ByteReader } from '../wire/byte-reader.ts'
import { type PrivilegeNames, privilegeNames, readPrivileges } from '../wire/privilege-map.ts'
import {
  type ClaimsOf,
  type FieldKind,
  type KnownService,
  LAYOUTS,
  type ServiceClaims,
  type ServiceLayout,
} from './layouts.ts'
import { readPermissions } from './rtm-permissions.ts'

/** A layout, prepared for reading. */
interface ReadingPlan {
  readonly service: string
  readonly names: PrivilegeNames
  readonly fields: Readonly<Record<string, FieldKind>>
  readonly members: readonly string[]
}

const BY_TYPE = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries<ServiceLayout<ClaimsOf<string>>>(LAYOUTS).map(
    ([service, { type, privilegeIds, fields }]): [number, ReadingPlan] => [
      type,
      { service, names: privilegeNames(privilegeIds), fields, members: Object.keys(fields) },
    ],
  ),
)

/** Reads the services of a token up to the first unknown one, and keeps the rest as bytes. */
export function readServices(reader: ByteReader): ServiceClaims[] {
  let left = reader.u16('service count')
  if (left === 0) return []
  // Most tokens hold one service; V8 would reserve room for sixteen more after a push into an empty array.
  const services = [readService(reader, left)]
  while (--left > 0 && services.at(-1)!.service !== 'unknown')
    services.push(readService(reader, left))
  return services
}

function readService(reader: ByteReader, left: number): ServiceClaims {
  const type = reader.u16('service type')
  const plan = BY_TYPE.get(type)
  return plan
    ? readKnown(reader, plan)
    : { service: 'unknown', type, count: left, bytes: reader.rest() }
}

function readKnown(
  reader: ByteReader,
  { service, names, fields, members }: ReadingPlan,
): KnownService {
  const privileges = readPrivileges(reader, names)
  const claims: Record<string, unknown> = { service }
  for (const member of members) claims[member] = readField(reader, fields[member]!, member)
  claims['privileges'] = privileges
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a layout names every member of its service's claims, its type sees to that
  return claims as unknown as KnownService
}

function readField(reader: ByteReader, kind: FieldKind, field: string): unknown {
  return kind === 'permissions' ? readPermissions(reader) : reader[kind](field)
}
