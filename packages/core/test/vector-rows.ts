import { readFileSync } from 'node:fs'
import type { Claims006 } from '../src/version-006/encode-006.ts'
import type { RtcClaims, ServiceClaims } from '../src/layout/layouts.ts'
import type { Rtm2Permission } from '../src/layout/rtm-permissions.ts'
import type { Claims007 } from '../src/version-007/encode-007.ts'
import { ByteWriter } from '../src/wire/byte-writer.ts'
import { writePrivileges } from '../src/wire/privilege-map.ts'

/** One service of a vector's request; which members it has depends on the type. */
interface ServiceRequest {
  readonly type: number
  readonly privileges: readonly (readonly [number, number])[]
  readonly channel: string
  readonly uid?: number
  readonly account?: string
  readonly userId: string
  readonly room: string
  readonly user: string
  readonly role: number
  readonly permissions: readonly (readonly [number, number, readonly string[]])[]
}

/** A vector's request: for a raw token, or for a call of a reference builder. */
interface VectorRequest {
  readonly op: 'build' | 'builder'
  readonly version: string
  readonly appId: string
  readonly appCertificate: string
  readonly channel: string
  readonly uid?: number
  readonly account?: string
  readonly salt: number
  readonly ts: number
  readonly issueTs: number
  readonly expire: number
  readonly privileges: readonly (readonly [number, number])[]
  readonly services: readonly ServiceRequest[]
  readonly fn: string
  readonly args: readonly [string, string, string, number | string, ...number[]]
  readonly now: number
}

/** A request and the answer that the reference implementations agree on. */
export interface Vector {
  readonly id: string
  readonly request: VectorRequest
  /** 006: the token. */
  readonly token?: string
  /** 007: the content of the token. */
  readonly inflatedHex?: string
}

/** All vectors of one file. */
export function readVectors(name: 'golden' | 'differential'): readonly Vector[] {
  const path = new URL(`vectors/${name}.json`, import.meta.url)
  // The files are checked in; their form is this package's own business.
  return (JSON.parse(readFileSync(path, 'utf8')) as { cases: readonly Vector[] }).cases
}

/** A vector's request as the claims and the certificate that our encoders take. */
export type Build =
  | { readonly version: '006'; readonly claims: Claims006; readonly appCertificate: string }
  | { readonly version: '007'; readonly claims: Claims007; readonly appCertificate: string }

/** Translates a request for a 006 or a 007 token; gives nothing for older keys and other builders. */
export function toBuild({ request }: Vector): Build | undefined {
  if (request.op === 'builder') return fromBuilderCall(request)
  if (request.version === '006') return fromRaw006(request)
  return request.version === '007' ? fromRaw007(request) : undefined
}

function fromRaw006(request: VectorRequest): Build {
  const { appId, appCertificate, channel, salt, ts } = request
  const privileges = Object.fromEntries(request.privileges)
  const claims = { appId, channel, user: user(request), salt, tokenExpiresAt: ts, privileges }
  return { version: '006', claims, appCertificate }
}

function fromRaw007(request: VectorRequest): Build {
  const { appId, appCertificate, issueTs: issuedAt, expire: expiresIn, salt } = request
  const services = request.services.map(toClaims)
  return { version: '007', claims: { appId, issuedAt, expiresIn, salt, services }, appCertificate }
}

function toClaims(service: ServiceRequest): ServiceClaims {
  const { type, channel, userId } = service
  const privileges = Object.fromEntries(service.privileges)
  if (type === 1) return { service: 'rtc', channel, user: user(service), privileges }
  if (type === 2) return { service: 'rtm', userId, privileges }
  if (type === 3) return { service: 'streaming', channel, user: user(service), privileges }
  if (type === 4) return { service: 'fpa', privileges }
  if (type === 5) return { service: 'chat', userId, privileges }
  if (type === 6) return { service: 'fcdn', channel, user: user(service), privileges }
  if (type === 7) {
    const { room: roomUuid, user: userUuid, role } = service
    return { service: 'apaas', roomUuid, userUuid, role, privileges }
  }
  if (type === 8)
    return { service: 'rtm2', userId, permissions: toPermissions(service), privileges }
  if (type === 9) return { service: 'convoAI', privileges }
  if (type === 10) return { service: 'stt', privileges }
  const writer = new ByteWriter()
  writePrivileges(writer, privileges, {})
  return { service: 'unknown', type, count: 1, bytes: writer.written() }
}

function toPermissions({ permissions }: ServiceRequest): readonly Rtm2Permission[] {
  return permissions.map(([resource, access, names]) => ({
    resource: String(resource),
    access: String(access),
    names,
  }))
}

/** The reference builders' own arithmetic: which role gets which privileges, and until when. */
function fromBuilderCall({ fn, args, salt, now }: VectorRequest): Build | undefined {
  const [appId, appCertificate, channel, id, ...numbers] = args
  const who = id === 0 ? '' : String(id)
  const [first = 0, second = 0] = numbers
  if (/^rtc6\.buildTokenWith(Uid|Account)$/.test(fn)) {
    const privileges = forRole([0, 1, 101].includes(first), second)
    const claims = { appId, channel, user: who, salt, tokenExpiresAt: now + 86_400, privileges }
    return { version: '006', claims, appCertificate }
  }
  const privileges = builderPrivileges007(fn, numbers)
  if (!privileges) return undefined
  const expiresIn = fn.endsWith('AndPrivilege') ? first : second
  const service: RtcClaims = { service: 'rtc', channel, user: who, privileges }
  const claims = { appId, issuedAt: now, expiresIn, salt, services: [service] }
  return { version: '007', claims, appCertificate }
}

function builderPrivileges007(fn: string, numbers: readonly number[]) {
  if (/^rtc7\.buildTokenWith(Uid|UserAccount)AndPrivilege$/.test(fn)) {
    const [, join = 0, audio = 0, video = 0, data = 0] = numbers
    return { 1: join, 2: audio, 3: video, 4: data }
  }
  const [role, , privilegeExpire = 0] = numbers
  return /^rtc7\.buildTokenWith(Uid|UserAccount)$/.test(fn)
    ? forRole(role === 1, privilegeExpire)
    : undefined
}

function forRole(isPublisher: boolean, value: number): Record<string, number> {
  return isPublisher ? { 1: value, 2: value, 3: value, 4: value } : { 1: value }
}

function user({ uid, account }: { readonly uid?: number; readonly account?: string }): string {
  return account ?? (uid === 0 ? '' : String(uid))
}
