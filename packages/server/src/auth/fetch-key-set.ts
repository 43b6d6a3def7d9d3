import { createPace } from '../time/pace.ts'
import type { FetchImplementation } from 'jose'

import { isJsonObject } from '../checks/kind.ts'
import { readStream } from '../http/body.ts'

// Far more keys than any provider has. A token that names no key is verified with each of them.
const MAX_KEYS = 64
const MAX_BYTES = 512 * 1024
const PAUSE_SECONDS = 1

/**
 * Creates a `fetch` for key sets. It refuses a reply that is too large, redirects or is not a key set, so
 * that the last good set stays in use. After two failures in a row it asks once a second at most, however
 * many requests need keys.
 *
 * @internal
 */
export function keySetFetch(fetchAny?: FetchImplementation): FetchImplementation {
  const pace = createPace(Date.now)
  let failures = 0
  let lastFailure: unknown
  return async (url, options) => {
    if (!pace.isDue()) throw lastFailure
    try {
      const response = await readKeySet(await (fetchAny ?? fetch)(url, options))
      failures = 0
      return response
    } catch (error) {
      lastFailure = error
      pace.wait(failures++ === 0 ? 0 : PAUSE_SECONDS)
      throw error
    }
  }
}

async function readKeySet(response: Response): Promise<Response> {
  const reader = response.body?.getReader()
  if (response.status !== 200) {
    void reader?.cancel().catch(() => {})
    throw new Error(`status 200 expected, got ${response.status}`)
  }
  const bytes = await readStream(reader, MAX_BYTES)
  if (!bytes) throw new Error(`at most ${MAX_BYTES} bytes expected, got more`)
  const text = new TextDecoder().decode(bytes)
  checkKeySet(JSON.parse(text))
  return new Response(text)
}

function checkKeySet(json: unknown): void {
  const keys = isJsonObject(json) ? json['keys'] : undefined
  if (!Array.isArray(keys) || !keys.every(isJsonObject)) throw new Error('a key set expected')
  if (keys.length >= 1 && keys.length <= MAX_KEYS) return
  throw new Error(`1 to ${MAX_KEYS} keys expected, got ${keys.length}`)
}
