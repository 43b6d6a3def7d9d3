import { randomSalt } from '../crypto/random-salt.ts'
import { TokenError } from '../errors.ts'
import { type Claims006, encode006 } from '../version-006/encode-006.ts'
import type { KnownService } from '../layout/layouts.ts'
import { checkAppCertificate, checkAppId, checkTtl, checkU32, describe } from '../checks/checks.ts'
import { encode007 } from '../version-007/encode-007.ts'
import { grantClaims, type ServiceGrant } from '../service/grant-claims.ts'
import { MAX_LIFE_SECONDS, MAX_U32 } from '../checks/limits.ts'

/** The project that tokens are signed for. */
export interface Project {
  /** 32 hexadecimal digits, case kept. */
  readonly appId: string
  /** 32 hexadecimal digits, case kept. Stays in core's memory: no error and no token repeats it. */
  readonly appCertificate: string
}

/** What a {@link Signer} signs. */
export interface TokenOptions {
  /** Length of life in **seconds**, 1 to 86400: never a timestamp. */
  readonly ttl: number
  /** What the token is for; at least one. */
  readonly services: readonly ServiceGrant[]
  /** Default `'007'`. */
  readonly version?: '007' | '006'
  /** Unix seconds; default now. */
  readonly issuedAt?: number
  /** 0 to 4294967295; default random. Equal options with equal `issuedAt` and `salt` give equal tokens. */
  readonly salt?: number
}

/** What {@link createToken} signs. */
export interface CreateTokenOptions extends Project, TokenOptions {}

/** Signs tokens for one project; made by {@link createSigner}. Shows its App ID, and not the certificate. */
export interface Signer {
  readonly appId: string
  /** Signs a token, as the function `createToken` does, and throws what it throws. */
  createToken(options: TokenOptions): string
}

/**
 * Makes a signer for one project: the App ID and the certificate are checked once, here. For servers that sign for
 * several projects; for one, `createToken` is as fast.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 * @example
 * ```ts
 * const signer = createSigner({ appId, appCertificate })
 * const token = signer.createToken({ ttl: 3600, services: [rtm({ userId: 'alice' })] })
 * ```
 */
export function createSigner({ appId, appCertificate }: Project): Signer {
  const project = checkProject(appId, appCertificate)
  return { appId: project.appId, createToken: (options) => sign(project, options) }
}

/**
 * Signs a token: synchronously, and the same string for the same input on every runtime.
 *
 * A 006 token holds one service, RTC or RTM. As in Agora's own builders its own end is 24 hours after
 * issue, and its privileges end after `ttl`.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, TTL_INVALID, TTL_LOOKS_ABSOLUTE,
 *   ISSUED_AT_INVALID, SALT_INVALID, VERSION_UNSUPPORTED, SERVICES_INVALID, and what a service's
 *   options can be wrong in: CHANNEL_INVALID, UID_INVALID, ACCOUNT_INVALID, USER_ID_INVALID,
 *   IDENTITY_AMBIGUOUS, ROLE_UNKNOWN, PRIVILEGE_INVALID, PERMISSION_INVALID
 * @example
 * ```ts
 * const token = createToken({
 *   appId,
 *   appCertificate,
 *   ttl: 3600,
 *   services: [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })],
 * })
 * ```
 */
export function createToken(options: CreateTokenOptions): string {
  const { appId, appCertificate } = options
  if (latest?.appId !== appId || latest.appCertificate !== appCertificate) {
    latest = checkProject(appId, appCertificate)
  }
  return sign(latest, options)
}

// The project that was signed for last: checking it again would be a tenth of a 006 token. Never printed.
let latest: Project | undefined

function checkProject(appId: unknown, appCertificate: unknown): Project {
  return { appId: checkAppId(appId), appCertificate: checkAppCertificate(appCertificate) }
}

function sign(project: Project, options: TokenOptions): string {
  const { version = '007' } = options
  if (version === '007') return sign007(project, options)
  if (version === '006') return sign006(project, options)
  throw new TokenError('VERSION_UNSUPPORTED', `version: '006' or '007' expected, got another`)
}

function sign007({ appId, appCertificate }: Project, options: TokenOptions): string {
  const expiresIn = checkTtl(options.ttl)
  const issuedAt = checkIssuedAt(options.issuedAt)
  const salt = checkSalt(options.salt)
  const services = checkServices(options.services, expiresIn)
  return encode007({ appId, issuedAt, expiresIn, salt, services }, appCertificate)
}

function sign006({ appId, appCertificate }: Project, options: TokenOptions): string {
  const ttl = checkTtl(options.ttl)
  const privilegesFrom = checkIssuedAt(options.issuedAt)
  const salt = checkSalt(options.salt)
  const services = checkServices(options.services, ttl)
  if (services.length > 1) {
    throw new TokenError(
      'SERVICES_INVALID',
      `services: one for a 006 token expected, got ${services.length}; 007 holds several`,
    )
  }
  const { channel, user, privileges } = layOut006(services[0]!)
  const tokenExpiresAt = privilegesFrom + MAX_LIFE_SECONDS
  return encode006(
    { appId, channel, user, salt, tokenExpiresAt, privileges, privilegesFrom },
    appCertificate,
  )
}

/** Where the claims of a service stand in a 006 token: RTM puts its user where RTC has its channel. */
function layOut006(claims: KnownService): Pick<Claims006, 'channel' | 'user' | 'privileges'> {
  if (claims.service === 'rtc') return claims
  if (claims.service === 'rtm') {
    const { userId, privileges } = claims
    return { channel: userId, user: '', privileges: { rtmLogin: privileges['login']! } }
  }
  throw new TokenError(
    'SERVICES_INVALID',
    `services: rtc or rtm for a 006 token expected, got ${claims.service}`,
  )
}

function checkSalt(salt: unknown): number {
  return salt === undefined ? randomSalt() : checkU32(salt, 'SALT_INVALID', 'salt')
}

function checkServices(services: readonly ServiceGrant[], ttl: number): KnownService[] {
  if (!Array.isArray(services) || services.length === 0) {
    throw new TokenError(
      'SERVICES_INVALID',
      `services: an array of at least one expected, got ${describe(services)}`,
    )
  }
  // An array of one, which most tokens have: what is pushed into an empty one gets room for sixteen more.
  const claims = [grantClaims(services[0], ttl)]
  for (let i = 1; i < services.length; i++) claims.push(grantClaims(services[i], ttl))
  return claims
}

// A day of room, so that the end of the token is still a number that the format can hold.
function checkIssuedAt(issuedAt: unknown): number {
  if (issuedAt === undefined) return Math.floor(Date.now() / 1000)
  const seconds = checkU32(issuedAt, 'ISSUED_AT_INVALID', 'issuedAt (Unix seconds)')
  if (seconds <= MAX_U32 - MAX_LIFE_SECONDS) return seconds
  throw new TokenError('ISSUED_AT_INVALID', 'issuedAt: a timestamp before February 2106 expected')
}
