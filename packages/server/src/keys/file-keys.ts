import { createPace, type Pace } from '../time/pace.ts'
import { AppIds } from './app-ids.ts'
import {
  ANYTHING,
  FUNCTION,
  optional,
  own,
  readMembers,
  type Table,
  typeOf,
} from '../checks/kind.ts'
import { createFaultReport, type FaultReport, type KeyErrorSink } from '../errors/fault-report.ts'
import type { KeyRing } from './key-ring.ts'
import { createKeySet, type KeySet, type SignWith } from './key-set.ts'
import { createLinkReader } from './link-reader.ts'
import { readCertificate } from './read-certificate.ts'
import { refuseInPage } from './published-names.ts'
import { createKeyRing, type KeySource } from './sourced-key-ring.ts'

/** Options of {@link fileKeys}. */
export interface FileKeysOptions {
  /** Path of a file with 32 hexadecimal digits, such as `/run/secrets/agora_certificate`. */
  readonly primary: string
  /** Path of a second file during a rotation. Default: one certificate. */
  readonly secondary?: string
  /** Which certificate signs. Default `'primary'`. */
  readonly sign?: SignWith
  /** Receives the error when changed files cannot be used; a repeated error only once. Default: `console.error`. */
  readonly onError?: KeyErrorSink
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
}

const WORDING = { whole: 'fileKeys', member: 'fileKeys: ', got: typeOf }
// Alone, in quotes, or with a line break.
const CERTIFICATE = /^[\s"']*[0-9a-f]{32}[\s"']*$/i
const OPTIONS = {
  primary: own((path) => checkPath(path, 'fileKeys: primary')),
  secondary: optional(own((path) => checkPath(path, 'fileKeys: secondary'))),
  sign: optional(ANYTHING),
  onError: optional(FUNCTION),
  clock: optional(FUNCTION, Date.now),
} satisfies Table<FileKeysOptions>
const LOOK_SECONDS = 1

/**
 * Creates a key ring from files, such as secrets that Docker or Kubernetes mounts, and follows their changes: when keys
 * are used, it reads the files again, at most once a second. If a changed file is missing, incomplete or malformed, or
 * contains the App ID, or both contain the same certificate, the last good keys stay in use. For Node, Bun and Deno.
 *
 * To swap the signer of a running server, exchange the contents of the two files. Kubernetes replaces both at once. On
 * other systems, the state in between, when both files are equal, is skipped.
 *
 * @throws {TokenError} APP_CERTIFICATE_INVALID when the first read fails; the message names the file
 * @throws {TypeError} in a page, or when an option is unknown or malformed, such as a certificate instead of a path
 */
export function fileKeys(options: FileKeysOptions): KeyRing {
  refuseInPage()
  const { clock, onError, ...files } = readMembers(options, WORDING, OPTIONS)
  const pace = createPace(clock)
  const faults = createFaultReport(onError)
  const appIds = new AppIds()
  return createKeyRing(followFiles(keyReader(files, appIds), pace, faults), appIds)
}

interface Files {
  readonly primary: string
  readonly secondary: string | undefined
  readonly sign: SignWith | undefined
}

function keyReader({ primary, secondary, sign }: Files, appIds: AppIds): () => KeySet {
  const names = {
    primary,
    secondary: secondary ?? 'fileKeys: secondary',
    sign: 'fileKeys: sign',
  }
  const read = (): KeySet => {
    const placeOf = createLinkReader()
    const textOf = (path: string): string => readCertificate(path, placeOf(path))
    const certificates = {
      primary: textOf(primary),
      secondary: secondary && textOf(secondary),
      sign,
    }
    const keys = createKeySet(certificates, names)
    appIds.refuseIn(keys.verifiers)
    return keys
  }
  return () => orAgain(read)
}

// Also refuses a certificate given as the path, because the error of reading such a file would repeat it.
function checkPath(value: unknown, what: string): string {
  const isText = typeof value === 'string' && value !== ''
  if (isText && !CERTIFICATE.test(value)) return value
  const expected = isText ? 'path of a file' : 'string'
  const got = isText ? 'a certificate' : value === '' ? 'an empty string' : typeOf(value)
  throw new TypeError(`${what}: ${expected} expected, got ${got}`)
}

// The target of the links may be removed before it is read.
function orAgain<T>(read: () => T): T {
  try {
    return read()
  } catch {
    return read()
  }
}

// Reads the files instead of comparing their times: that costs hardly more, and certificates have the same length,
// so a change within one tick of the file system's clock would go unnoticed.
function followFiles(read: () => KeySet, pace: Pace, faults: FaultReport): KeySource {
  let keys = read()
  pace.wait(LOOK_SECONDS)
  const look = (): void => {
    try {
      keys = read()
      faults.clear()
    } catch (error) {
      faults.report(error)
    }
    pace.wait(LOOK_SECONDS)
  }
  return {
    current() {
      if (pace.isDue()) look()
      return keys
    },
    get latest() {
      return keys
    },
  }
}
