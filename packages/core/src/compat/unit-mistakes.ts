import { TokenError, type TokenErrorCode } from '../errors.ts'

/** A timestamp where agora-token expects a duration, or a duration where agora-access-token expects a timestamp. */
type UnitMistake = 'timestamp-for-length' | 'length-for-timestamp'

interface Telling {
  /** The code of the warning. It must not change: people pass it to `--disable-warning`. */
  readonly code: string
  /** The code of the error in strict mode. */
  readonly errorCode: TokenErrorCode
  readonly say: (seconds: number) => string
}

const TELLINGS: Readonly<Record<UnitMistake, Telling>> = {
  'timestamp-for-length': {
    code: 'RTC_TOKEN_TTL_LOOKS_ABSOLUTE',
    errorCode: 'TTL_LOOKS_ABSOLUTE',
    say: (seconds) =>
      `a length of time in seconds expected, got ${seconds}, which looks like a timestamp. Pass the length alone, such as 3600 for an hour; as it is, nothing ends before the 24 hours after which Agora ends every token`,
  },
  'length-for-timestamp': {
    code: 'RTC_TOKEN_TIMESTAMP_LOOKS_RELATIVE',
    errorCode: 'CLAIM_INVALID',
    say: (seconds) =>
      `a Unix timestamp in seconds expected, got ${seconds}, which looks like a length of time. Pass the time of the end, such as Math.floor(Date.now() / 1000) + 3600; as it is, the end was in 1970`,
  },
}

interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly emitWarning?: (message: string, options: { readonly code: string }) => void
}

interface State {
  /** The setting of the environment, until the app calls `strict`. */
  isStrict: boolean
  readonly told: Set<UnitMistake>
}

// All copies of this package share one state: frameworks bundle the code that starts a server separately
// from the code that handles its requests.
const STATE = Symbol.for('@rtc-token/core/compat')
const holder = globalThis as { [STATE]?: State; readonly process?: Process }

function state(): State {
  return (holder[STATE] ??= { isStrict: isStrictByEnvironment(), told: new Set() })
}

/** Makes {@link tellUnitMistake} throw from now on. */
export function throwUnitMistakes(): void {
  state().isStrict = true
}

/**
 * Warns about a number in the wrong unit, once per kind and process.
 *
 * @param what - the name of the argument in the typings of the original
 * @throws {TokenError} TTL_LOOKS_ABSOLUTE or CLAIM_INVALID instead of warning, in strict mode
 */
export function tellUnitMistake(mistake: UnitMistake, what: string, seconds: number): void {
  const { isStrict, told } = state()
  if (!isStrict && told.has(mistake)) return
  const { code, errorCode, say } = TELLINGS[mistake]
  const message = `${what}: ${say(seconds)}`
  if (isStrict) throw new TokenError(errorCode, message)
  told.add(mistake)
  warn(`${message}. RTC_TOKEN_STRICT=1 makes this an error.`, code)
}

function isStrictByEnvironment(): boolean {
  try {
    return holder.process?.env?.['RTC_TOKEN_STRICT'] === '1'
  } catch {
    // Deno, without permission to read this variable.
    return false
  }
}

function warn(message: string, code: string): void {
  const { process } = holder
  if (process?.emitWarning) process.emitWarning(message, { code })
  // oxlint-disable-next-line no-console -- where there is no process to warn
  else console.warn(`[${code}] ${message}`)
}
