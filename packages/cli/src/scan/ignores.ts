import { type RuleName, RULES } from './rule-table.ts'

/** A comment that turns rules off, with the reason. */
export interface Ignore {
  /** The line where it ends, counted from 1. */
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

/** Whether a comment names rules and a reason; without both it has no effect. */
export function isUsable({ rules, reason }: Ignore): boolean {
  return reason.length >= 3 && rules.length > 0 && rules.every((rule) => Object.hasOwn(RULES, rule))
}

/** Whether a comment on one of the lines, or directly above the first, turns a rule off. */
export function isIgnored(
  ignores: readonly Ignore[],
  rule: RuleName,
  lines: readonly number[],
): boolean {
  const fitting = new Set([...lines, ...lines.map((line) => line - 1)])
  return ignores.some((it) => isUsable(it) && it.rules.includes(rule) && fitting.has(it.line))
}
