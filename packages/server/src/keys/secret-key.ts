import { fingerprint } from '@rtc-token/core'

import { PrintedAsText } from '../checks/printed-as-text.ts'
import type { Key } from './key-ring.ts'

class SecretKey extends PrintedAsText implements Key {
  readonly id: string
  readonly #certificate: string

  // With showHidden, Node's inspect calls the getters of every prototype but those that call
  // themselves after a built-in class.
  static {
    Object.defineProperty(this.prototype, 'constructor', { value: Object })
  }

  constructor(certificate: string) {
    super()
    this.id = fingerprint(certificate)
    this.#certificate = certificate
  }

  get certificate(): string {
    return this.#certificate
  }

  override toString(): string {
    return `Key ${this.id}`
  }
}

/**
 * Makes a key of a certificate that was checked before.
 *
 * @internal
 */
export function createKey(certificate: string): Key {
  return new SecretKey(certificate)
}
