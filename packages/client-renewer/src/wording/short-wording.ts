// Replaces `wording.ts` in pages built for production: only codes and facts, and no checks of options.

/** Returns the code and a fact. @internal */
export function say(code: string, fact?: number | string): string {
  return fact === undefined ? code : `${code} ${fact}`
}

/** Describes an answer without a token. @internal */
export function noToken(answer: unknown): string {
  return `a token expected, got ${typeof answer}`
}

/** The services by their number in a token; a page needs only three names. @internal */
export const SERVICES: readonly (string | undefined)[] = ',rtc,rtm,3,4,chat,6,7,rtm,9,10'.split(',')

/** Says what a token was expected for, and what it is for. @internal */
export function otherToken(what: string, name: number | string, got: readonly unknown[]): string {
  return `a token for ${what} ${name} expected, got ${got.join()}`
}

/** Describes an answer that is not a token reply. @internal */
export function badAnswer({ status, headers }: Response, code: string | undefined): string {
  return `HTTP ${status} ${code ?? headers.get('content-type')}`
}

/** Describes a token endpoint that cannot be reached. @internal */
export function noAnswer(words: string): string {
  return `token endpoint: ${words}`
}

/** Describes an invalid option. @internal */
export function badOption(name: string, got: string): string {
  return `${name}: ${got}`
}

/** Checks nothing. @internal */
export function requireMembers(): void {}

/** Checks nothing. @internal */
export function allowFunctions(): void {}

/** Checks nothing. @internal */
export function checkOptions(): void {}
