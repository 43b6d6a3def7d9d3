import { printAsText } from '../checks/print-as-text.ts'
import { AppIds, SIGN_FOR } from './app-ids.ts'
import type { Key, KeyRing } from './key-ring.ts'
import type { KeySet } from './key-set.ts'

/** The source of a ring's keys. @internal */
export interface KeySource {
  /** The keys to use now. */
  current(): KeySet | Promise<KeySet>
  /** The keys used last, if any; for printing, which must not read the source. */
  readonly latest: KeySet | undefined
}

class SourcedKeyRing implements KeyRing {
  readonly #source: KeySource
  readonly #appIds: AppIds

  static {
    printAsText(this.prototype)
  }

  constructor(source: KeySource, appIds: AppIds) {
    this.#source = source
    this.#appIds = appIds
  }

  [SIGN_FOR](appId: string, name: string): void {
    this.#appIds.add(appId, name)
    this.#appIds.refuseIn(this.#source.latest?.verifiers ?? [])
  }

  signer(): Key | Promise<Key> {
    const keys = this.#source.current()
    return keys instanceof Promise ? keys.then(({ signer }) => signer) : keys.signer
  }

  verifiers(): readonly Key[] | Promise<readonly Key[]> {
    const keys = this.#source.current()
    return keys instanceof Promise ? keys.then(({ verifiers }) => verifiers) : keys.verifiers
  }

  toJSON(): object {
    const { signer, verifiers = [] } = this.#source.latest ?? {}
    return { signer: signer?.id ?? null, verifiers: verifiers.map(({ id }) => id) }
  }

  toString(): string {
    return `KeyRing ${JSON.stringify(this)}`
  }
}

/**
 * Creates a key ring from a source. When printed, it shows only the ids of its keys.
 *
 * @internal
 * @param appIds - the App IDs that the source refuses as certificates
 */
export function createKeyRing(source: KeySource, appIds: AppIds = new AppIds()): KeyRing {
  return new SourcedKeyRing(source, appIds)
}
