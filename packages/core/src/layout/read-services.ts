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

type ReadField = (reader: ByteReader, field: string) => unknown

/** A layout, prepared for reading. */
interface ReadingPlan {
  readonly service: string
  readonly names: PrivilegeNames
  readonly fields: readonly (readonly [field: string, read: ReadField])[]
}

const READ: { readonly [Kind in FieldKind]: ReadField } = {
  text: (reader, field) => reader.text(field),
  i16: (reader, field) => reader.i16(field),
  permissions: (reader) => readPermissions(reader),
}

const BY_TYPE = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries<ServiceLayout<ClaimsOf<string>>>(LAYOUTS).map(
    ([service, { type, privilegeIds, fields }]): [number, ReadingPlan] => [
      type,
      {
        service,
        names: privilegeNames(privilegeIds),
        fields: Object.entries<FieldKind>(fields).map(([field, kind]) => [field, READ[kind]]),
      },
    ],
  ),
)

/** Reads all services of a token; stops at the first unknown one and keeps the rest as bytes. */
export function readServices(reader: ByteReader): ServiceClaims[] {
  const services: ServiceClaims[] = []
  for (let left = reader.u16('service count'); left > 0; left--) {
    const type = reader.u16('service type')
    const plan = BY_TYPE.get(type)
    if (!plan)
      return [...services, { service: 'unknown', type, count: left, bytes: reader.rest().slice() }]
    services.push(readService(reader, plan))
  }
  return services
}

function readService(reader: ByteReader, { service, names, fields }: ReadingPlan): KnownService {
  const privileges = readPrivileges(reader, names)
  const claims: Record<string, unknown> = { service }
  for (const [field, read] of fields) claims[field] = read(reader, field)
  claims['privileges'] = privileges
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a layout names every member of its service's claims, its type sees to that
  return claims as unknown as KnownService
}
