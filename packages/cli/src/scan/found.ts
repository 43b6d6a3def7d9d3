import type { TokenCall } from './builders.ts'
import type { Scopes } from './scopes.ts'
import type { Script, Syntax } from './syntax.ts'
import type { TimeUnits } from './time-units.ts'
import type { RuleName } from './rule-table.ts'

/** A change of the text that is certainly right. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A place at which a rule is broken. */
export interface Found {
  readonly rule: RuleName
  readonly node: Syntax
  /** What arrived there, as the end of the sentence. */
  readonly saw: string
  readonly fix?: Edit
}

/** A script, and what is known of it. */
export interface Reading {
  readonly script: Script
  readonly scopes: Scopes
  readonly units: TimeUnits
  readonly calls: readonly TokenCall[]
  /** From the folder that is scanned. */
  readonly path: string
  /** Whether it is a test: what it holds is thrown away, and what it does wrong may be meant. */
  readonly isTest: boolean
  /** Whether the project has @rtc-token/core. */
  readonly hasCore: boolean
}
