import { readFileSync, statSync } from 'node:fs'

import { TokenError } from '@rtc-token/core'

import { codeOf } from '../errors/thrown.ts'

const MAX_BYTES = 1024

/**
 * Reads a file that contains one certificate, without the line break that editors and `echo` append.
 *
 * @internal
 * @param path - the name of the file in error messages
 * @param place - the path with its links resolved
 * @throws {TokenError} APP_CERTIFICATE_INVALID when it cannot be read or is not a small file
 */
export function readCertificate(path: string, place: string = path): string {
  try {
    const stat = statSync(place)
    // Reading a pipe would block, and reading a device might never end.
    if (stat.isFile() && stat.size <= MAX_BYTES) {
      return readFileSync(place, 'utf8').replace(/\r?\n$/, '')
    }
  } catch (error) {
    throw unreadable(`${path} cannot be read (${codeOf(error)})`, { cause: error })
  }
  throw unreadable(`${path} is not a file of at most ${MAX_BYTES} bytes`)
}

function unreadable(message: string, options?: ErrorOptions): TokenError {
  return new TokenError('APP_CERTIFICATE_INVALID', message, options)
}
