import { codeOf } from '../../errors/thrown.ts'
import { keySetFetch } from '../../auth/fetch-key-set.ts'
import { maskedError } from '../../errors/masked-error.ts'
import { type Finding, findingOf } from './finding.ts'

const TIMEOUT_MS = 3000

/** The used part of a key set, whose keys have been checked to be objects. */
interface KeySet {
  readonly keys: readonly { readonly kty?: unknown; readonly use?: unknown }[]
}

const PUBLIC_KEYS: ReadonlySet<unknown> = new Set(['RSA', 'EC', 'OKP'])

/**
 * Reads the key set as the server does, which refuses one that redirects, is empty or is too large. Also refuses a key
 * set without a usable key.
 *
 * @internal
 */
export async function checkKeySet(url: string): Promise<Finding> {
  const { host } = new URL(url)
  const options = { method: 'GET', redirect: 'manual', headers: new Headers() } as const
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await keySetFetch()(url, { ...options, signal })
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keySetFetch has checked it
    const set = (await response.json()) as KeySet
    if (set.keys.some(verifies)) return findingOf('ok', 'key set', `is at ${host}`)
    return findingOf('FAIL', 'key set', `has no public key for signatures at ${host}`)
  } catch (error) {
    return findingOf('FAIL', 'key set', `cannot be read at ${host}: ${reasonOf(error)}`)
  }
}

function verifies({ kty, use = 'sig' }: KeySet['keys'][number]): boolean {
  return PUBLIC_KEYS.has(kty) && use === 'sig'
}

// The message of `fetch` is only "fetch failed"; the reason is in its cause.
function reasonOf(error: unknown): string {
  const { message, cause } = maskedError(error)
  if (!(cause instanceof Error)) return message
  return codeOf(cause, cause.message)
}
