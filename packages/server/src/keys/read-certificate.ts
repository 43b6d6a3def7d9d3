import { readFileSync, statSync } from 'node:fs'

import { TokenError } from '@rtc-token/core'

const MAX_BYTES = 1024

/**
 * Reads the text of a file that holds one certificate, without the line break that editors and
 * `echo` put at its end.
 *
 * @internal
 * @param path what errors call it
 * @param place where its links lead
 * @throws {TokenError} APP_CERTIFICATE_INVALID when it cannot be read or is no small file
 */
export function readCertificate(path: string, place: string = path): string {
  try {
    const stat = statSync(place)
    // Reading a pipe would wait, and reading a device might never end.
    if (stat.isFile() && stat.size <= MAX_BYTES) {
      return readFileSync(place, 'utf8').replace(/\r?\n$/, '')
    }
  } catch (error) {
    throw unreadable(`${path} cannot be read (${errorCode(error)})`, { cause: error })
  }
  throw unreadable(`${path} is no file of at most ${MAX_BYTES} bytes`)
}

function unreadable(message: string, options?: ErrorOptions): TokenError {
  return new TokenError('APP_CERTIFICATE_INVALID', message, options)
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
