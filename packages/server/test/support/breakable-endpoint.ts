import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import { certificateKeys } from '../../src/keys/certificate-keys.ts'
import type { KeyRing } from '../../src/keys/key-ring.ts'
import { PROJECT, testEndpoint, type User } from './token-endpoint.ts'

const { appId, appCertificate } = PROJECT
const certificates = certificateKeys(appCertificate)

/** A key ring whose methods can be replaced in a copy. */
export const RING: KeyRing = {
  signer: () => certificates.signer(),
  verifiers: () => certificates.verifiers(),
}

/** What {@link fail} throws. */
export const BROKEN: Error = new Error('broken on purpose')

export function fail(): never {
  throw BROKEN
}

/** An endpoint whose parts can be replaced by broken ones; its hooks have a tenth of a second. */
export function breakableEndpoint(
  options: Partial<TokenHandlerOptions<User>>,
  keys: KeyRing = RING,
): ReturnType<typeof testEndpoint> {
  return testEndpoint({ project: { appId, keys }, timeoutMs: 100, ...options })
}
