import type { ByteReader } from '../wire/byte-reader.ts'
import { readPrivileges } from '../wire/privilege-map.ts'
import { type KnownService, LAYOUTS, type ServiceClaims } from './registry.ts'
import { readPermissions } from './rtm-permissions.ts'
import type { ClaimsOf, FieldKind, ServiceLayout } from './service-layout.ts'

type AnyLayout = ServiceLayout<ClaimsOf<string>>

const BY_TYPE = /* @__PURE__ */ new Map<number, readonly [string, AnyLayout]>(
  Object.entries(LAYOUTS).map((entry) => [entry[1].type, entry]),
)

const READ: {
  readonly [Kind in FieldKind]: (reader: ByteReader, field: string) => unknown
} = {
  text: (reader, field) => reader.text(field),
  i16: (reader, field) => reader.i16(field),
  permissions: (reader) => readPermissions(reader),
}

/** Reads all services of a token; stops at the first unknown one and keeps the rest as bytes. */
export function readServices(reader: ByteReader): ServiceClaims[] {
  const services: ServiceClaims[] = []
  for (let left = reader.u16('service count'); left > 0; left--) {
    const type = reader.u16('service type')
    const known = BY_TYPE.get(type)
    if (!known)
      return [...services, { service: 'unknown', type, count: left, bytes: reader.rest() }]
    services.push(readService(reader, ...known))
  }
  return services
}

function readService(reader: ByteReader, service: string, layout: AnyLayout): KnownService {
  const privileges = readPrivileges(reader, layout.privilegeIds)
  const fields = Object.entries<FieldKind>(layout.fields).map(([field, kind]) => [
    field,
    READ[kind](reader, field),
  ])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a layout names every member of its service's claims, its type sees to that
  return { service, ...Object.fromEntries(fields), privileges } as KnownService
}
