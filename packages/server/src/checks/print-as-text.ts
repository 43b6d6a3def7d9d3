const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/** Lets Node's `inspect`, and so the console, print what `toString` says and nothing else. @internal */
export function printAsText(prototype: object): void {
  Object.defineProperty(prototype, INSPECT, {
    value(this: { toString(): string }): string {
      return this.toString()
    },
  })
}
