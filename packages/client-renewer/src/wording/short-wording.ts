// What a page for production has in place of `wording.ts`: the code, and the facts. What an app passes is
// not checked again there.

/** The code itself, with a fact about it. @internal */
export function say(code: string, fact?: number | string): string {
  return fact === undefined ? code : `${code} ${fact}`
}

/** What an answer is in which there is no token. @internal */
export function noToken(answer: unknown): string {
  return `a token expected, got ${typeof answer}`
}

/** Services by their number on the wire, of which a page needs three by name. @internal */
export const SERVICES: readonly (string | undefined)[] = ',rtc,rtm,3,4,chat,6,7,rtm,9,10'.split(',')

/** For what a token was expected, and for what it is. @internal */
export function otherToken(what: string, name: number | string, got: readonly unknown[]): string {
  return `a token for ${what} ${name} expected, got ${got.join()}`
}

/** What a token endpoint has answered in place of a reply, with the code of a problem document. @internal */
export function badAnswer({ status, headers }: Response, code: string | undefined): string {
  return `HTTP ${status} ${code ?? headers.get('content-type')}`
}

/** For a token endpoint without an answer, with what the runtime says of that. @internal */
export function noAnswer(words: string): string {
  return `token endpoint: ${words}`
}

/** For an option that cannot be, or that cannot be used as it is. @internal */
export function badOption(name: string, got: string): string {
  return `${name}: ${got}`
}

/** Checks nothing. @internal */
export function requireMembers(): void {}

/** Checks nothing. @internal */
export function checkOptions(): void {}
