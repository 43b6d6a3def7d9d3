import { hexToBytes } from '@noble/hashes/utils.js'
import { encodeBase64 } from '#encode-base64'
import { hmacSha1Hex } from '../crypto/hmac-sha1.ts'
import { TokenError } from '../errors.ts'
import { checkAppCertificate, describe } from '../checks/checks.ts'
import { ByteWriter } from '../wire/byte-writer.ts'
import { checkChoice } from './check-choice.ts'
import type { DynamicKey004Service } from './dynamic-key-004.ts'
import type { UserKeyClaims } from './key-text.ts'
import { checkUserKey, type UserKeyOptions } from './key-options.ts'

const SERVICES = {
  media: 1,
  recording: 2,
  'public-sharing': 3,
  'in-channel-permission': 4,
} as const
const PERMISSIONS = { 'no-upload': '0', 'audio-video-upload': '3' } as const
/** The only entry in the map at the end of a key. */
const ALLOW_UPLOAD = 1

/** What the user may send into the channel: nothing, or audio and video. */
export type InChannelPermission = keyof typeof PERMISSIONS

/** The options of {@link createDynamicKey005}. Only `'in-channel-permission'` has a `permission`. */
export type DynamicKey005Options = UserKeyOptions &
  (
    | { readonly service: DynamicKey004Service; readonly permission?: never }
    | { readonly service: 'in-channel-permission'; readonly permission: InChannelPermission }
  )

/** The claims of a key of version 005. @internal */
export interface DynamicKey005Claims extends UserKeyClaims {
  readonly service: keyof typeof SERVICES
  readonly permission: InChannelPermission | undefined
}

/**
 * Signs a dynamic key of version 005, also called a channel key: `005` and base64, for one service, one
 * channel and one uid. Channel and uid are signed but not part of the key. Agora calls it `DynamicKey5`;
 * its SDKs read it since 1.3.0, and in-channel permissions since 1.7.0.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID,
 *   SALT_INVALID, UID_INVALID, CLAIM_INVALID for `expiresAt`, SERVICES_INVALID for `service`,
 *   PERMISSION_INVALID for `permission`
 */
export function createDynamicKey005(options: DynamicKey005Options): string {
  const service = checkChoice(options.service, SERVICES, 'SERVICES_INVALID', 'service')
  const permission = checkPermission(service, options.permission)
  const claims = { ...checkUserKey(options), service, permission }
  return encodeDynamicKey005(claims, checkAppCertificate(options.appCertificate))
}

function checkPermission(service: string, permission: unknown): InChannelPermission | undefined {
  if (service === 'in-channel-permission') {
    return checkChoice(permission, PERMISSIONS, 'PERMISSION_INVALID', 'permission')
  }
  if (permission === undefined) return undefined
  throw new TokenError(
    'PERMISSION_INVALID',
    `permission: none for service ${service} expected, got ${describe(permission)}`,
  )
}

/** Signs claims without checking them. @internal */
export function encodeDynamicKey005(claims: DynamicKey005Claims, appCertificate: string): string {
  const { service, appId, issuedAt, salt, expiresAt, permission } = claims
  const content = new ByteWriter()
    .u16(SERVICES[service], 'service')
    .text(sign(claims, appCertificate), 'signature')
    .bytes(hexToBytes(appId), 'App ID')
    .u32(issuedAt, 'issuedAt')
    .u32(salt, 'salt')
    .u32(expiresAt, 'expiresAt')
  return `005${encodeBase64(writeExtra(content, permission).written())}`
}

/** Returns the signature in upper-case hexadecimal. The key is the certificate decoded to bytes. */
function sign(claims: DynamicKey005Claims, appCertificate: string): string {
  const signed = new ByteWriter()
    .u16(SERVICES[claims.service], 'service')
    .bytes(hexToBytes(claims.appId), 'App ID')
    .u32(claims.issuedAt, 'issuedAt')
    .u32(claims.salt, 'salt')
    .text(claims.channel, 'channel')
    .u32(claims.uid, 'uid')
    .u32(claims.expiresAt, 'expiresAt')
  const message = writeExtra(signed, claims.permission).written()
  return hmacSha1Hex(hexToBytes(appCertificate), message).toUpperCase()
}

function writeExtra(writer: ByteWriter, permission: InChannelPermission | undefined): ByteWriter {
  if (permission === undefined) return writer.u16(0, 'entries')
  return writer.u16(1, 'entries').u16(ALLOW_UPLOAD, 'entry').text(PERMISSIONS[permission], 'entry')
}
