import { TokenError } from '@rtc-token/core'

import type { Key } from './key-ring.ts'

/**
 * The App IDs of the projects that a ring signs for. They look like certificates and stand beside them in
 * the console; tokens signed with one look right and are refused by Agora, and anyone can sign them.
 *
 * @internal
 */
export class AppIds {
  readonly #names = new Map<string, string>()

  /** @param name what errors call it */
  add(appId: string, name: string): void {
    this.#names.set(appId.toLowerCase(), name)
  }

  /** @throws {TokenError} APP_CERTIFICATE_INVALID when the certificate of a key is one of them */
  refuseIn(keys: readonly Key[]): void {
    for (const { certificate } of keys) {
      const name = this.#names.get(certificate.toLowerCase())
      if (name !== undefined) fail(name)
    }
  }
}

/** A ring that can be told what project it signs for. @internal */
export interface ToldRing {
  /** @throws {TokenError} APP_CERTIFICATE_INVALID */
  [SIGN_FOR](appId: string, name: string): void
}

/** @internal */
export const SIGN_FOR: unique symbol = Symbol('signFor')

function fail(name: string): never {
  const fault = `a certificate of the key ring is the same as ${name}`
  throw new TokenError('APP_CERTIFICATE_INVALID', fault)
}
