import { TokenError } from '@rtc-token/core'

import type { Key } from './key-ring.ts'

/**
 * The App IDs of the projects that a key ring signs for. An App ID looks like a certificate and is next to it in the
 * console. Agora refuses tokens signed with one, and anyone could sign them.
 *
 * @internal
 */
export class AppIds {
  readonly #names = new Map<string, string>()

  /** @param name - its name in error messages */
  add(appId: string, name: string): void {
    this.#names.set(appId.toLowerCase(), name)
  }

  /** @throws {TokenError} APP_CERTIFICATE_INVALID when the certificate of a key is one of them */
  refuseIn(keys: readonly Key[]): void {
    for (const { certificate } of keys) {
      const name = this.#names.get(certificate.toLowerCase())
      if (name === undefined) continue
      const fault = `a certificate of the key ring is the same as ${name}`
      throw new TokenError('APP_CERTIFICATE_INVALID', fault)
    }
  }
}

/** A key ring that accepts the App ID of the project it signs for. @internal */
export interface ToldRing {
  /** @throws {TokenError} APP_CERTIFICATE_INVALID */
  [SIGN_FOR](appId: string, name: string): void
}

/** @internal */
export const SIGN_FOR: unique symbol = Symbol('signFor')
