const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/** Is printed as its `toString` says, by Node's `inspect` and so by the console too. @internal */
export abstract class PrintedAsText {
  abstract toString(): string

  [INSPECT](): string {
    return this.toString()
  }
}
