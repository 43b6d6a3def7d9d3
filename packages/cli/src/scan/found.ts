import type { TokenCall } from './builders.ts'
import type { Scopes } from './scopes.ts'
import type { Script, Syntax } from './syntax.ts'
import type { TimeUnits } from './time-units.ts'
import type { RuleName } from './rule-table.ts'

/** A change of the text that is certainly correct. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A place that breaks a rule. */
export interface Found {
  readonly rule: RuleName
  readonly node: Syntax
  /** What the code contains instead, as the end of the message. */
  readonly saw: string
  readonly fix?: Edit
}

/** A script and what is known about it. */
export interface Reading {
  readonly script: Script
  readonly scopes: Scopes
  readonly units: TimeUnits
  readonly calls: readonly TokenCall[]
  /** Relative to the scanned folder. */
  readonly path: string
  /** Whether it is a test: its values are not real, and its mistakes may be intended. */
  readonly isTest: boolean
  /** Whether the project depends on `@rtc-token/core`. */
  readonly hasCore: boolean
}
