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
import { refuseInPage } from './refuse-in-page.ts'
import { createKeyRing, type KeySource } from './sourced-key-ring.ts'

/** Where {@link fileKeys} finds the certificates. */
export interface FileKeysOptions {
  /** Path of a file that holds 32 hexadecimal digits, such as `/run/secrets/agora_certificate`. */
  readonly primary: string
  /** Path of a second one, for the time of a rotation. */
  readonly secondary?: string
  /** Which certificate signs. Default `'primary'`. */
  readonly sign?: SignWith
  /**
   * Receives why changed files could not be used, once for each fault in a row. Default:
   * `console.error`.
   */
  readonly onError?: KeyErrorSink
  /** Milliseconds. Default `Date.now`. */
  readonly clock?: () => number
}

const WORDING = { whole: 'fileKeys', member: 'fileKeys: ', got: typeOf }
// As it is, or as it was copied: in quotes, or with a line break.
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
 * Reads the certificates from files, as Docker and Kubernetes mount secrets, and follows their
 * changes while running: at most once a second, when keys are asked for. When a changed file is
 * missing, half written or malformed, or holds the App ID, or both hold the same, the last good keys stay in
 * use. For Node, Bun and Deno.
 *
 * To swap the signer while running, exchange the contents of the two files. Kubernetes does that in
 * one step, and both are read from before it or both from after it; elsewhere the moment in between, when both
 * are the same, is passed over.
 *
 * @throws {TokenError} APP_CERTIFICATE_INVALID when the first reading fails; the message names the file
 * @throws {TypeError} in a page, and for options that make no sense, such as a certificate in the place
 *   of its path
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

// Refuses a certificate in the place of a path too: the error of who tries to read it would repeat it.
function checkPath(value: unknown, what: string): string {
  const isText = typeof value === 'string' && value !== ''
  if (isText && !CERTIFICATE.test(value)) return value
  const expected = isText ? 'path of a file' : 'text'
  const got = isText ? 'a certificate' : value === '' ? 'an empty one' : typeOf(value)
  throw new TypeError(`${what}: ${expected} expected, got ${got}`)
}

// Where the links led may be gone before it was read.
function orAgain<T>(read: () => T): T {
  try {
    return read()
  } catch {
    return read()
  }
}

// Reads where it could compare times first: that costs hardly more, and a certificate has always the
// same length, so that a change within one tick of the file system's clock would go unseen.
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
