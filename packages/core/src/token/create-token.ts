import { randomSalt } from '../crypto/random-salt.ts'
import { TokenError } from '../errors.ts'
import { type Claims006, encode006 } from '../version-006/encode-006.ts'
import type { KnownService } from '../layout/layouts.ts'
import { checkAppCertificate, checkAppId, checkTtl, checkU32, describe } from '../checks/checks.ts'
import { encode007 } from '../version-007/encode-007.ts'
import { grantClaims, type ServiceGrant } from '../service/grant-claims.ts'
import { MAX_LIFE_SECONDS, MAX_U32 } from '../checks/limits.ts'

/** The Agora project to sign tokens for. */
export interface Project {
  /** 32 hexadecimal digits; their case is kept. */
  readonly appId: string
  /** 32 hexadecimal digits; their case is kept. No error message and no token contains it. */
  readonly appCertificate: string
}

/** The options of {@link Signer}'s `createToken`. */
export interface TokenOptions {
  /** Lifetime in **seconds**, 1 to 86400, never a timestamp. Agora ends every token after 24 hours. */
  readonly ttl: number
  /** What the token grants: one or more of `rtc()`, `rtm()`, `chat()` …; exactly one in a 006 token. */
  readonly services: readonly ServiceGrant[]
  /** Default: `'007'`. */
  readonly version?: '007' | '006'
  /** Unix seconds, 0 to 4294880895. Default: now. */
  readonly issuedAt?: number
  /** 0 to 4294967295. Default: random. Equal options, `issuedAt` and `salt` give equal tokens. */
  readonly salt?: number
}

/** The options of {@link createToken}. */
export interface CreateTokenOptions extends Project, TokenOptions {}

/** Signs tokens for one project; {@link createSigner} returns it. Its App Certificate is not a property. */
export interface Signer {
  readonly appId: string
  /** Signs a token. It throws the same errors as the function `createToken`. */
  createToken(options: TokenOptions): string
}

/**
 * Creates a signer for one project and checks its App ID and App Certificate once. Use it on a server that signs
 * for several projects; for a single project, {@link createToken} is just as fast.
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
 * Signs a token synchronously, a 007 token by default. It grants `services` and expires `ttl` seconds after
 * `issuedAt`. The same options, `issuedAt` and `salt` give the same string on every runtime.
 *
 * With `version: '006'` the token holds one service, RTC or RTM. Its privileges expire after `ttl`, but, as with
 * Agora's own builders, the 006 token itself expires 24 hours after `issuedAt`.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, TTL_INVALID, TTL_LOOKS_ABSOLUTE,
 *   ISSUED_AT_INVALID, SALT_INVALID, VERSION_UNSUPPORTED or SERVICES_INVALID; for the options of a
 *   service, CHANNEL_INVALID, UID_INVALID, ACCOUNT_INVALID, USER_ID_INVALID, IDENTITY_AMBIGUOUS,
 *   ROLE_UNKNOWN, PRIVILEGE_INVALID or PERMISSION_INVALID
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

// The last project, already checked: checking it again costs a tenth of signing a 006 token. Never printed.
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

/** Lays out a service's claims for a 006 token: RTM puts its user where RTC has its channel. */
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
  // Most tokens hold one service; V8 would reserve room for sixteen more after a push into an empty array.
  const claims = [grantClaims(services[0], ttl)]
  for (let i = 1; i < services.length; i++) claims.push(grantClaims(services[i], ttl))
  return claims
}

// Leaves room for a day, so that the time of expiry still fits into 32 bits.
function checkIssuedAt(issuedAt: unknown): number {
  if (issuedAt === undefined) return Math.floor(Date.now() / 1000)
  const seconds = checkU32(issuedAt, 'ISSUED_AT_INVALID', 'issuedAt (Unix seconds)')
  if (seconds <= MAX_U32 - MAX_LIFE_SECONDS) return seconds
  throw new TokenError('ISSUED_AT_INVALID', 'issuedAt: a timestamp before February 2106 expected')
}
