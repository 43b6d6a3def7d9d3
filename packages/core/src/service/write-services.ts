import { TokenError } from '../errors.ts'
import type { ByteWriter } from '../wire/byte-writer.ts'
import { writePrivileges } from '../wire/privilege-map.ts'
import { type KnownService, LAYOUTS, type ServiceClaims } from './registry.ts'
import { writePermissions } from './rtm-permissions.ts'
import type { FieldKind } from './service-layout.ts'

/** Writes all services with their count, ascending by type and otherwise as given. */
export function writeServices(writer: ByteWriter, services: readonly ServiceClaims[]): void {
  const count = services.reduce((sum, claims) => sum + countOf(claims), 0)
  writer.u16(count, 'service count')
  // Stable, as in every reference builder of today.
  for (const claims of services.toSorted((a, b) => typeOf(a) - typeOf(b))) {
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
  const { privilegeIds, fields } = LAYOUTS[claims.service]
  writePrivileges(writer, claims.privileges, privilegeIds)
  const values = new Map<string, unknown>(Object.entries(claims))
  for (const [field, kind] of Object.entries<FieldKind>(fields)) {
    writeField(writer, kind, values.get(field), field)
  }
}

function writeField(writer: ByteWriter, kind: FieldKind, value: unknown, field: string): void {
  if (kind === 'text' && typeof value === 'string') writer.text(value, field)
  else if (kind === 'i16' && typeof value === 'number') writer.i16(value, field)
  else if (kind === 'permissions' && Array.isArray(value)) writePermissions(writer, value)
  else throw new TokenError('CLAIM_INVALID', `${field}: ${kind} expected, got ${typeof value}`)
}
