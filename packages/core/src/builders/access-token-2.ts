import { equalWords } from '../crypto/equal-words.ts'
import { randomSalt } from '../crypto/random-salt.ts'
import { sign007 } from '../crypto/sign-token.ts'
import { isTokenError, TokenError } from '../errors.ts'
import { checkAppCertificate } from '../checks/checks.ts'
import { SIGNATURE_END, SIGNATURE_LENGTH, SIGNATURE_START } from '../layout/signature.ts'
import { parseToken } from '../token/decode-token.ts'
import type { DecodedToken007 } from '../version-007/decoded-token-007.ts'
import { encode007 } from '../version-007/encode-007.ts'
import { checkProject, nowSeconds } from './draft.ts'
import { serviceOfClaims } from './service-of-claims.ts'
import type { Service } from './service.ts'

const DEFAULT_EXPIRE_SECONDS = 900
const EMPTY: Uint8Array = new Uint8Array(0)

/**
 * Builds or reads a 007 token part by part. To read one, call `from_string` on `new AccessToken2()`. The App
 * Certificate is not a property.
 */
export class AccessToken2 {
  appId: string
  /** Unix seconds. */
  issueTs: number
  /** Seconds from `issueTs`. */
  expire: number
  /** Default: random. */
  salt: number = randomSalt()
  /** In the order in which you added them; the token sorts them by number. */
  services: Service[] = []
  /** The signature of the token that was read; empty before. */
  signature: Uint8Array = EMPTY
  readonly #appCertificate: string
  #signedBytes = EMPTY

  /**
   * @param issueTs - Unix seconds; 0, the default, means now
   * @param expire - seconds from `issueTs`; default 900
   */
  constructor(
    appId = '',
    appCertificate = '',
    issueTs = 0,
    expire: number = DEFAULT_EXPIRE_SECONDS,
  ) {
    this.appId = appId
    this.#appCertificate = appCertificate
    this.issueTs = issueTs || nowSeconds()
    this.expire = expire
  }

  /** Adds a service. A token can hold several of one type. */
  add_service(service: Service): void {
    this.services.push(service)
  }

  /** The same as {@link add_service}. */
  addService(service: Service): void {
    this.add_service(service)
  }

  /** Returns the services with this number, in the order of `services`. */
  getServices(serviceType: number): Service[] {
    return this.services.filter((service) => service.service_type() === serviceType)
  }

  /**
   * Signs the token. A second call returns the same token.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, SERVICES_INVALID without a
   *   service, PRIVILEGE_INVALID, CLAIM_INVALID
   */
  build(): string {
    const { appId, appCertificate } = checkProject(this.appId, this.#appCertificate)
    if (this.services.length === 0) {
      throw new TokenError('SERVICES_INVALID', 'services: at least one expected, got none')
    }
    const { issueTs: issuedAt, expire: expiresIn, salt } = this
    const services = this.services.map((service) => service.claims())
    return encode007({ appId, issuedAt, expiresIn, salt, services }, appCertificate)
  }

  /**
   * Reads all members from a token; verifies nothing. It skips everything from the first service with an
   * unknown number, but {@link verifySignature} still covers it.
   *
   * @returns whether the string is a 007 token; if not, the members are cleared
   */
  from_string(originToken: string): boolean {
    const parsed = parse007(originToken)
    const {
      appId = '',
      issuedAt = 0,
      expiresIn = 0,
      salt = 0,
      services = [],
    } = parsed?.claims ?? {}
    Object.assign(this, { appId, issueTs: issuedAt, expire: expiresIn, salt })
    this.services = services.flatMap((claims) =>
      claims.service === 'unknown' ? [] : [serviceOfClaims(claims)],
    )
    this.signature = parsed?.signature ?? EMPTY
    this.#signedBytes = parsed?.signedBytes ?? EMPTY
    return parsed !== undefined
  }

  /** The same as {@link from_string}. */
  fromString(originToken: string): boolean {
    return this.from_string(originToken)
  }

  /**
   * Checks whether this certificate signed the token that was read. It checks nothing else, not even whether
   * the token has expired.
   */
  verifySignature(appCertificate: string): boolean {
    if (this.#signedBytes.length === 0 || !isCertificate(appCertificate)) return false
    const issue = { issuedAt: this.issueTs, salt: this.salt }
    const bytes = this.#signedBytes
    const { signature } = this
    if (signature.length !== SIGNATURE_LENGTH) return false
    return equalWords(sign007(appCertificate, issue, bytes, 0, bytes.length), signature, 0)
  }
}

interface Parsed007 {
  readonly claims: DecodedToken007
  readonly signature: Uint8Array
  readonly signedBytes: Uint8Array
}

/** Reads a 007 token and copies its bytes, because the next token reuses their memory. */
function parse007(token: string): Parsed007 | undefined {
  try {
    const { claims, content } = parseToken(token)
    if (claims.version !== '007') return undefined
    const signature = content.memory.slice(SIGNATURE_START, SIGNATURE_END)
    return { claims, signature, signedBytes: content.memory.slice(SIGNATURE_END, content.end) }
  } catch (error) {
    if (isTokenError(error)) return undefined
    throw error
  }
}

function isCertificate(value: unknown): boolean {
  try {
    return checkAppCertificate(value) !== ''
  } catch {
    return false
  }
}
