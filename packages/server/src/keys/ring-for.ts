import { isThenable } from '../time/deadline.ts'
import { AppIds, SIGN_FOR, type ToldRing } from './app-ids.ts'
import { OBJECT, requireKind, typeOf } from '../checks/kind.ts'
import type { KeyRing } from './key-ring.ts'

/**
 * Tells a ring what project it signs for, so that it refuses the App ID in the place of a certificate:
 * now, if it has read keys already, and whenever it reads some. What the rings of others hand out is looked at
 * each time.
 *
 * @internal
 * @param name what errors call the App ID
 * @throws {TokenError} APP_CERTIFICATE_INVALID
 * @throws {TypeError} when it is no ring; with nothing of it, since it may be a certificate
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
