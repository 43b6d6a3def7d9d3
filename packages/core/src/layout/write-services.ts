import { TokenError } from '../errors.ts'
import type { ByteWriter } from '../wire/byte-writer.ts'
import { type PrivilegeIds, writePrivileges } from '../wire/privilege-map.ts'
import {
  type ClaimsOf,
  type FieldKind,
  type KnownService,
  LAYOUTS,
  type ServiceClaims,
  type ServiceLayout,
} from './layouts.ts'
import { writePermissions } from './rtm-permissions.ts'

/** A layout prepared for writing. */
interface WritingPlan {
  readonly type: number
  readonly privilegeIds: PrivilegeIds
  readonly fields: readonly (readonly [field: string, kind: FieldKind])[]
}

const PLANS: ReadonlyMap<string, WritingPlan> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries<ServiceLayout<ClaimsOf<string>>>(LAYOUTS).map(
    ([service, layout]) => [
      service,
      { ...layout, fields: Object.entries<FieldKind>(layout.fields) },
    ],
  ),
)

/** Writes the count of services and the services, in ascending order of type and otherwise as given. */
export function writeServices(writer: ByteWriter, services: readonly ServiceClaims[]): void {
  let count = 0
  // By index, here and below: a loop over the values allocates an object for each, 0.3 kB a token.
  for (let i = 0; i < services.length; i++) count += countOf(services[i]!)
  writer.u16(count, 'service count')
  // Stable, as in every current reference builder.
  const ordered =
    services.length > 1 ? services.toSorted((a, b) => typeOf(a) - typeOf(b)) : services
  for (let i = 0; i < ordered.length; i++) {
    const claims = ordered[i]!
    writer.u16(typeOf(claims), 'service type')
    if (claims.service === 'unknown') writer.raw(claims.bytes)
    else writeService(writer, claims)
  }
}

function typeOf(claims: ServiceClaims): number {
  return claims.service === 'unknown' ? claims.type : LAYOUTS[claims.service].type
}

function countOf(claims: ServiceClaims): number {
  return claims.service === 'unknown' ? claims.count : 1
}

function writeService(writer: ByteWriter, claims: KnownService): void {
  const { privilegeIds, fields } = PLANS.get(claims.service)!
  writePrivileges(writer, claims.privileges, privilegeIds)
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]![0]
    writeField(writer, fields[i]![1], Reflect.get(claims, field), field)
  }
}

function writeField(writer: ByteWriter, kind: FieldKind, value: unknown, field: string): void {
  if (kind === 'text' && typeof value === 'string') writer.text(value, field)
  else if (kind === 'i16' && typeof value === 'number') writer.i16(value, field)
  else if (kind === 'permissions' && Array.isArray(value)) writePermissions(writer, value)
  else throw new TokenError('CLAIM_INVALID', `${field}: ${kind} expected, got ${typeof value}`)
}
