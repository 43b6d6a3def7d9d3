import { type RuleName, RULES } from './rule-table.ts'

/** A comment that silences rules, and why. */
export interface Ignore {
  /** The line on which it ends, from 1. */
  readonly line: number
  readonly rules: readonly string[]
  readonly reason: string
}

/** Reads a comment such as `rtc-token-ignore uid-any: the lobby is open`; `undefined` for any other. */
export function readIgnore(comment: string, line: number): Ignore | undefined {
  const [, names, reason = ''] =
    /^[\s*]*rtc-token-ignore\b([^:]*)(?::([^]*))?$/.exec(comment.trimEnd()) ?? []
  if (names === undefined) return undefined
  return { line, rules: names.split(/[\s,]+/).filter((name) => name !== ''), reason: reason.trim() }
}

/** Whether a comment names its rules and a reason, so that it counts. */
export function isUsable({ rules, reason }: Ignore): boolean {
  return reason.length >= 3 && rules.length > 0 && rules.every((rule) => Object.hasOwn(RULES, rule))
}

/** Whether a rule is silenced on one of some lines: by a comment there, or right above the first of them. */
export function isIgnored(
  ignores: readonly Ignore[],
  rule: RuleName,
  lines: readonly number[],
): boolean {
  const fitting = new Set([...lines, ...lines.map((line) => line - 1)])
  return ignores.some((it) => isUsable(it) && it.rules.includes(rule) && fitting.has(it.line))
}
