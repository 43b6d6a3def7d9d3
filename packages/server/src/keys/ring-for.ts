import { isThenable } from '../time/deadline.ts'
import { AppIds, SIGN_FOR, type ToldRing } from './app-ids.ts'
import { OBJECT, requireKind, typeOf } from '../checks/kind.ts'
import type { KeyRing } from './key-ring.ts'

/**
 * Tells a key ring which project it signs for, so that it refuses the App ID in place of a certificate: at once, if it
 * has already read keys, and whenever it reads new ones. The keys of a ring that the app has written are checked each
 * time.
 *
 * @internal
 * @param name - the name of the App ID in error messages
 * @throws {TokenError} APP_CERTIFICATE_INVALID
 * @throws {TypeError} when it is not a key ring; the message does not repeat the value, which may be a certificate
 */
export function ringFor(ring: KeyRing, appId: string, name: string): KeyRing {
  requireKind(ring, OBJECT, 'the key ring of a project', typeOf)
  if (!isOurs(ring)) return watchedRing(ring, appId, name)
  ring[SIGN_FOR](appId, name)
  return ring
}

function isOurs(ring: KeyRing): ring is KeyRing & ToldRing {
  return SIGN_FOR in ring
}

function watchedRing(ring: KeyRing, appId: string, name: string): KeyRing {
  const appIds = new AppIds()
  appIds.add(appId, name)
  return {
    signer: () => passed(ring.signer(), (key) => appIds.refuseIn([key])),
    verifiers: () => passed(ring.verifiers(), (keys) => appIds.refuseIn(keys)),
  }
}

function passed<T>(answer: T | Promise<T>, check: (answer: T) => void): T | Promise<T> {
  if (isThenable(answer)) return answer.then((later) => passed(later, check))
  check(answer)
  return answer
}
