import { printAsText } from '../../checks/print-as-text.ts'

/** A string that is not printed by accident. @internal */
export interface Secret {
  /** The string itself. */
  reveal(): string
  /** `[secret]`. */
  toString(): string
}

class SecretText implements Secret {
  readonly #text: string

  static {
    printAsText(this.prototype)
  }

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }
}

/**
 * Keeps a string out of logs, JSON and errors, which show `[secret]` instead.
 *
 * @internal
 */
export function createSecret(text: string): Secret {
  return new SecretText(text)
}

/** @internal */
export function isSecret(value: unknown): value is Secret {
  return value instanceof SecretText
}
