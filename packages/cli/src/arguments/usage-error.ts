/** The command line is invalid. The message repeats nothing of it except names of options. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** What to do instead. */
  readonly remedy: string

  constructor(message: string, remedy: string = 'See --help.') {
    super(message)
    this.remedy = remedy
  }
}
