import {
  createSigner,
  createToken,
  fingerprint,
  type Signer,
  type TokenOptions,
} from '@rtc-token/core'

import { printAsText } from '../checks/print-as-text.ts'

/** A certificate with an id that is safe to log. */
export interface Key {
  /** The first 8 hexadecimal digits of the SHA-256 of the certificate. Safe to log; `keyId` in events. */
  readonly id: string
  /** The App Certificate. Secret. Not enumerable, so that printing, copying or serialising a key leaves it out. */
  readonly certificate: string
}

/**
 * The certificates of a project: one signs, and during a rotation several verify. If a method throws or rejects, the
 * request gets `not_configured`.
 */
export interface KeyRing {
  /** Returns the key that signs new tokens. */
  signer(): Key | Promise<Key>
  /** Returns all keys that may have signed tokens still in use, the signer first. */
  verifiers(): readonly Key[] | Promise<readonly Key[]>
}

class SecretKey implements Key {
  readonly id: string
  readonly #certificate: string
  #signer: Signer | undefined

  static {
    printAsText(this.prototype)
    // With showHidden, Node's inspect calls the getters of every prototype except those
    // that are named after a built-in class.
    Object.defineProperty(this.prototype, 'constructor', { value: Object })
  }

  constructor(certificate: string) {
    this.id = fingerprint(certificate)
    this.#certificate = certificate
  }

  get certificate(): string {
    return this.#certificate
  }

  /** Core's signer for the project. It has checked the App ID and the certificate once, because both stay the same. */
  signerFor(appId: string): Signer {
    if (this.#signer?.appId !== appId) {
      this.#signer = createSigner({ appId, appCertificate: this.#certificate })
    }
    return this.#signer
  }

  toString(): string {
    return `Key ${this.id}`
  }
}

/**
 * Makes a key from a valid certificate.
 *
 * @internal
 */
export function createKey(certificate: string): Key {
  return new SecretKey(certificate)
}

/**
 * Signs a token for a project. The certificate of a key that the app has written may change; it is checked each time.
 *
 * @internal
 */
export function signWith(key: Key, appId: string, options: TokenOptions): string {
  if (key instanceof SecretKey) return key.signerFor(appId).createToken(options)
  return createToken({ appId, appCertificate: key.certificate, ...options })
}
