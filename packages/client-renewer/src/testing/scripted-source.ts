import type { TokenRequest, TokenSource } from '../token-source.ts'

/** How a {@link ScriptedSource} makes its tokens. */
export interface ScriptedSourceOptions {
  /** Seconds that each token lives. Default 3600. */
  readonly ttl?: number
  /** Returns the n-th token, from 1; all have to be different. Default: a string that looks like a token. */
  readonly token?: (n: number, ttl: number) => string
}

/** A token source that answers as a test says, and records what it was asked. */
export interface ScriptedSource {
  /** For `createRenewer`. */
  readonly source: TokenSource
  /** What it does from now on: answers, never answers, or throws. */
  answer: 'ok' | 'hang' | Error
  /** Seconds that further tokens live. */
  ttl: number
  /** All requests, in order. */
  readonly requests: readonly TokenRequest[]
  /** All tokens that it has given, in order. */
  readonly tokens: readonly string[]
}

/** Creates a source for tests, which does not need a server. */
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
