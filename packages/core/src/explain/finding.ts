import {
  FINDING_KINDS,
  type FindingCode,
  type PlainCode,
  type PlatformError,
  type Severity,
} from './finding-kinds.ts'

/** One fact about a token that explains a refusal, or is probably a mistake. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  /**
   * One sentence. It may name channels and users, but never contains a token or a part of one, an App ID or
   * an App Certificate.
   */
  readonly message: string
  /** The errors of Agora's SDKs that it causes; may be empty. */
  readonly platformErrors: readonly PlatformError[]
  /** What to change. */
  readonly remedy: string
}

/** Adds a finding; the default severity is that of its code. */
export type Tell = (code: PlainCode, message: string, severity?: Severity) => void

/** Returns a function that adds findings to a list. */
export function tellInto(findings: Finding[]): Tell {
  return (code, message, severity) => {
    findings.push({ code, message, ...FINDING_KINDS[code], ...(severity && { severity }) })
  }
}
