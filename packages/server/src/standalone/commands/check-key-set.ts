import { keySetFetch } from '../../auth/fetch-key-set.ts'
import { maskedError } from '../../errors/masked-error.ts'
import { type Finding, findingOf } from './finding.ts'

const TIMEOUT_MS = 3000

/** Reads the key set as the server does, and so refuses one that redirects, is empty or is too large. @internal */
export async function checkKeySet(url: string): Promise<Finding> {
  const { host } = new URL(url)
  const options = { method: 'GET', redirect: 'manual', headers: new Headers() } as const
  try {
    await keySetFetch()(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) })
    return findingOf('ok', 'key set', `is at ${host}`)
  } catch (error) {
    return findingOf('FAIL', 'key set', `cannot be read at ${host}: ${reasonOf(error)}`)
  }
}

// The message of `fetch` is only "fetch failed"; the reason is in its cause.
function reasonOf(error: unknown): string {
  const { message, cause } = maskedError(error)
  if (!(cause instanceof Error)) return message
  return 'code' in cause ? String(cause.code) : cause.message
}
