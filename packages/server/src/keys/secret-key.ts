import { fingerprint } from '@rtc-token/core'

import { printAsText } from '../checks/print-as-text.ts'
import type { Key } from './key-ring.ts'

class SecretKey implements Key {
  readonly id: string
  readonly #certificate: string

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
