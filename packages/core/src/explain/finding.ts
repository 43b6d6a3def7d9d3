import {
  FINDING_KINDS,
  type FindingCode,
  type PlatformError,
  type Severity,
} from './finding-kinds.ts'

/** One thing about a token that explains a refusal, or is likely not what was meant. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  /**
   * One sentence in plain words. Names channels and users; never holds a token, a part of one, an
   * App ID or an App Certificate.
   */
  readonly message: string
  /** The errors of Agora's SDKs to which it leads; empty where it leads to none. */
  readonly platformErrors: readonly PlatformError[]
  /** What to change. */
  readonly remedy: string
}

/** Makes a finding; severity, errors and remedy are the ones of its code. */
export function finding(
  code: FindingCode,
  message: string,
  severity: Severity = FINDING_KINDS[code].severity,
): Finding {
  const { platformErrors, remedy } = FINDING_KINDS[code]
  return { code, severity, message, platformErrors, remedy }
}
