import { isJsonObject, type Kind } from '../../checks/kind.ts'
import { createSecret, type Secret } from './secret.ts'

/** A non-empty string. @internal */
export const TEXT: Kind<string> = {
  expected: 'string',
  read: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
}

/** A non-empty string that errors and `--help` describe as `expected`; other code checks its content. @internal */
export function textThatIs(expected: string): Kind<string> {
  return { ...TEXT, expected }
}

/** @internal */
export const SWITCH: Kind<boolean> = {
  expected: 'true or false',
  read: (value) => ({ true: true, false: false })[String(value)],
}

/** A whole number within bounds. @internal */
export function integer(min: number, max: number): Kind<number> {
  return {
    expected: `integer ${min} to ${max}`,
    read(value) {
      const isDecimal = typeof value === 'string' && /^\d{1,10}$/.test(value)
      const number = isDecimal ? Number(value) : value
      if (typeof number !== 'number' || !Number.isInteger(number)) return undefined
      return number >= min && number <= max ? number : undefined
    },
  }
}

/** One of a few words. @internal */
export function oneOf<T extends string>(...words: readonly T[]): Kind<T> {
  return {
    expected: words.join(' or '),
    read: (value) => words.find((word) => word === value),
  }
}

/** A list: separated by commas in a variable, an array in a file. @internal */
export function listOf<T extends string = string>(item: Kind<T>): Kind<readonly T[]> {
  return {
    expected: `list of ${item.expected}`,
    read(value) {
      const items = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value
      if (!Array.isArray(items) || items.length === 0) return undefined
      const read = items.map((part: unknown) => item.read(part))
      return read.every((part) => part !== undefined) ? read : undefined
    },
  }
}

/** A string that is never printed. @internal */
export function secret(expected: string, isRight: (text: string) => boolean): Kind<Secret> {
  return {
    expected,
    read: (value) =>
      typeof value === 'string' && isRight(value) ? createSecret(value) : undefined,
  }
}

/** Describes a wrong value in an error without repeating a string, which may be a secret. @internal */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `a string of ${value.length} characters`
  if (typeof value === 'number' || value === null) return String(value)
  return Array.isArray(value) ? 'a list' : isJsonObject(value) ? 'an object' : typeof value
}
