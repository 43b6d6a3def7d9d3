import { createPace, type Pace } from '../time/pace.ts'
import { AppIds } from './app-ids.ts'
import {
  FUNCTION,
  integer,
  optional,
  readMembers,
  requireKind,
  requireMembers,
  typeOf,
  type Table,
} from '../checks/kind.ts'
import { createFaultReport, type FaultReport, type KeyErrorSink } from '../errors/fault-report.ts'
import type { KeyRing } from './key-ring.ts'
import { type Certificates, createKeySet, type KeySet } from './key-set.ts'
import { withDeadline } from '../time/deadline.ts'
import { maskedError } from '../errors/masked-error.ts'
import { refuseInPage } from './published-names.ts'
import { createKeyRing, type KeySource } from './sourced-key-ring.ts'

/**
 * Fetches the certificates: resolves with one as a string, or with two by name. The signal aborts after `timeoutMs`.
 */
export type LoadCertificates = (signal: AbortSignal) => Promise<string | Certificates>

/** Options of {@link asyncKeys}. */
export interface AsyncKeysOptions {
  /** Seconds after which the certificates are fetched again: integer 1 to 86400. Default 300. */
  readonly refreshSeconds?: number
  /** Time limit for `load` in milliseconds: integer 1 to 2147483647. Default 5000. */
  readonly timeoutMs?: number
  /** Receives the error of a failed load; a repeated error only once. Default: `console.error`. */
  readonly onError?: KeyErrorSink
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
}

const WORDING = { whole: 'asyncKeys', member: 'asyncKeys: ', got: typeOf }
const OPTIONS = {
  refreshSeconds: optional(integer(1, 86_400), 300),
  timeoutMs: optional(integer(1, 2 ** 31 - 1), 5000),
  onError: optional(FUNCTION),
  clock: optional(FUNCTION, Date.now),
} satisfies Table<AsyncKeysOptions>
const LOADED = { whole: 'asyncKeys: what load returned', got: typeOf }
const RETRY_SECONDS = 1

const NAMES = {
  primary: 'asyncKeys: the primary certificate',
  secondary: 'asyncKeys: the secondary certificate',
  sign: 'asyncKeys: sign',
} as const

/**
 * Creates a key ring that fetches the certificates on first use, for example from a vault, and then refreshes them in
 * the background. Only the first request waits; call `signer()` at the start to avoid that. When a load fails, the last
 * good keys stay in use, and the next attempt follows after at least one second. Until a load succeeds, requests get
 * `not_configured`.
 *
 * Several requests share one load, which Workers do not allow; there, use `envKeys` with the bindings.
 *
 * The error of a failed load is a copy of what `load` threw. It masks anything that could be a certificate, values
 * after `Bearer` and `Basic`, the user, password and query of URLs, and Vault tokens. `load` must keep other secrets
 * out of its errors.
 *
 * @example
 * asyncKeys((signal) => vault.read('agora', { signal }), { refreshSeconds: 60 })
 *
 * @throws {TypeError} in a page, or when an option is unknown, of the wrong type or out of range
 */
export function asyncKeys(load: LoadCertificates, options: AsyncKeysOptions = {}): KeyRing {
  refuseInPage()
  requireKind(load, FUNCTION, 'asyncKeys: load', typeOf)
  const { refreshSeconds, timeoutMs, clock, onError } = readMembers(options, WORDING, OPTIONS)
  const pace = createPace(clock)
  const faults = createFaultReport(onError)
  const appIds = new AppIds()
  const fetchKeys = async (): Promise<KeySet> => {
    const keys = await loadKeys(load, timeoutMs)
    appIds.refuseIn(keys.verifiers)
    return keys
  }
  return createKeyRing(new RefreshingSource(fetchKeys, refreshSeconds, pace, faults), appIds)
}

async function loadKeys(load: LoadCertificates, timeoutMs: number): Promise<KeySet> {
  const loaded = await loadWithin(timeoutMs, load).catch((error: unknown) => {
    const cause = maskedError(error)
    throw new Error(`asyncKeys: load failed: ${cause.message}`, { cause })
  })
  const certificates = typeof loaded === 'string' ? { primary: loaded } : loaded
  requireMembers(certificates, LOADED, Object.keys(NAMES))
  return createKeySet(certificates, NAMES)
}

function loadWithin<T>(timeoutMs: number, load: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const answer = (async () => load(controller.signal))()
  return withDeadline(timeoutMs, answer, (reject) => {
    const error = new Error(`no answer within ${timeoutMs} ms`)
    // Before the abort: a load that rejects because of it must not win the race.
    reject(error)
    controller.abort(error)
  })
}

class RefreshingSource implements KeySource {
  latest: KeySet | undefined
  readonly #fetch: () => Promise<KeySet>
  readonly #refreshSeconds: number
  readonly #pace: Pace
  readonly #faults: FaultReport
  #newest: Promise<KeySet> | undefined
  #isLoading = false

  constructor(
    fetch: () => Promise<KeySet>,
    refreshSeconds: number,
    pace: Pace,
    faults: FaultReport,
  ) {
    this.#fetch = fetch
    this.#refreshSeconds = refreshSeconds
    this.#pace = pace
    this.#faults = faults
  }

  current(): KeySet | Promise<KeySet> {
    if (!this.#newest || (!this.#isLoading && this.#pace.isDue())) this.#newest = this.#start()
    return this.latest ?? this.#newest
  }

  #start(): Promise<KeySet> {
    const flight = this.#refresh()
    // A refresh in the background is not awaited; its failure has been reported.
    flight.catch(() => {})
    return flight
  }

  async #refresh(): Promise<KeySet> {
    this.#isLoading = true
    try {
      this.latest = await this.#fetch()
      this.#settle(this.#refreshSeconds)
      this.#faults.clear()
      return this.latest
    } catch (error) {
      this.#settle(RETRY_SECONDS)
      this.#faults.report(error)
      throw error
    }
  }

  #settle(waitSeconds: number): void {
    this.#isLoading = false
    this.#pace.wait(waitSeconds)
  }
}
