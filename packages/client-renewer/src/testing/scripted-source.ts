import type { TokenRequest, TokenSource } from '../token-source.ts'

/** The options of {@link scriptedSource}. */
export interface ScriptedSourceOptions {
  /** The lifetime of each token in seconds. Default: 3600. */
  readonly ttl?: number
  /** Returns the n-th token, from 1; all must differ. Default: a string that looks like a token. */
  readonly token?: (n: number, ttl: number) => string
}

/** A token source that a test controls, and that records its requests. */
export interface ScriptedSource {
  /** Pass it to `createRenewer`. */
  readonly source: TokenSource
  /** How it responds from now on: with a token, never, or by throwing this error. */
  answer: 'ok' | 'hang' | Error
  /** The lifetime of further tokens in seconds. */
  ttl: number
  /** All requests, in order. */
  readonly requests: readonly TokenRequest[]
  /** All tokens that it returned, in order. */
  readonly tokens: readonly string[]
}

/** Creates a token source for tests, without a server. */
export function scriptedSource(options: ScriptedSourceOptions = {}): ScriptedSource {
  const { ttl = 3600, token = tokenLike } = options
  const requests: TokenRequest[] = []
  const tokens: string[] = []
  const script: ScriptedSource = { source, answer: 'ok', ttl, requests, tokens }
  return script

  async function source(request: TokenRequest) {
    requests.push(request)
    if (script.answer === 'hang') return new Promise<never>(() => {})
    if (script.answer instanceof Error) throw script.answer
    const next = token(tokens.length + 1, script.ttl)
    tokens.push(next)
    return { token: next, expiresIn: script.ttl }
  }
}

function tokenLike(n: number): string {
  return `007ThisOnlyLooksLikeAToken+${n}=`
}
