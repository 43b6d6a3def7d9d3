import { printAsText } from '../../checks/print-as-text.ts'

/** A text that nothing prints by accident. @internal */
export interface Secret {
  /** The text itself. */
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
 * Keeps a text out of logs, JSON and errors: they show `[secret]` in its place.
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
