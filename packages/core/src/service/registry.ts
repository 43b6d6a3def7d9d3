import type { ByteReader } from '../wire/byte-reader.ts'
import type { ByteWriter } from '../wire/byte-writer.ts'
import { readPrivileges, writePrivileges } from '../wire/privilege-map.ts'
import { type RtcClaims, rtcCodec } from './rtc.ts'

/**
 * What is left of a token from the first service on that this version does not know: where such a
 * service ends cannot be told, so it and whatever follows it are kept as bytes.
 */
export interface UnknownServices {
  readonly service: 'unknown'
  /** The number of the first of them. */
  readonly type: number
  /** How many services the token says are in these bytes. */
  readonly count: number
  /** From the first one's privileges on. */
  readonly bytes: Uint8Array
}

/** The claims of a service that can be written. */
export type KnownService = RtcClaims

/** The claims of one service of a token. */
export type ServiceClaims = KnownService | UnknownServices

const CODECS = { rtc: rtcCodec } as const

/** The number of a service on the wire. Services stand in a token in this order. */
export function serviceType(claims: KnownService): number {
  return CODECS[claims.service].type
}

/** Writes one service: number, privileges, payload. */
export function writeService(writer: ByteWriter, claims: KnownService): void {
  const codec = CODECS[claims.service]
  writer.u16(codec.type, 'service type')
  writePrivileges(writer, claims.privileges, codec.privilegeIds)
  codec.writePayload(writer, claims)
}

/** Reads all services of a token; stops at the first unknown one and keeps the rest as bytes. */
export function readServices(reader: ByteReader): ServiceClaims[] {
  const services: ServiceClaims[] = []
  for (let left = reader.u16('service count'); left > 0; left--) {
    const type = reader.u16('service type')
    const codec = Object.values(CODECS).find((codec) => codec.type === type)
    if (!codec)
      return [...services, { service: 'unknown', type, count: left, bytes: reader.rest() }]
    services.push(codec.readPayload(reader, readPrivileges(reader, codec.privilegeIds)))
  }
  return services
}
