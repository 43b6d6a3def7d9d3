import {
  FINDING_KINDS,
  type FindingCode,
  type PlainCode,
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

/** Takes a finding; the severity is that of its code unless it is given. */
export type Tell = (code: PlainCode, message: string, severity?: Severity) => void

/** Collects what is told. */
export function tellInto(findings: Finding[]): Tell {
  return (code, message, severity) => {
    findings.push({ code, message, ...FINDING_KINDS[code], ...(severity && { severity }) })
  }
}
