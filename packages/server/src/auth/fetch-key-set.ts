import { createPace } from '../time/pace.ts'
import type { FetchImplementation } from 'jose'

import { isJsonObject } from '../checks/json-object.ts'
import { readStream } from '../http/read-stream.ts'

// Far more than any provider has. A token that names no key is held against each of them.
const MAX_KEYS = 64
const MAX_BYTES = 512 * 1024
const PAUSE_SECONDS = 1

/**
 * Creates a fetch that answers with key sets and nothing else: what is too large, leads elsewhere or is
 * no key set is refused, so that the last good one stays. While it fails again and again it asks once a
 * second, however many requests ask for keys.
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
