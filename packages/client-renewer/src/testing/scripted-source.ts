import type { TokenRequest, TokenSource } from '../token-source.ts'

/** How a {@link ScriptedSource} makes its tokens. */
export interface ScriptedSourceOptions {
  /** Seconds that each token lives. Default 3600. */
  readonly ttl?: number
  /** Makes the n-th token, from 1; no two may be equal. Default: text that only looks like one. */
  readonly token?: (n: number, ttl: number) => string
}

/** A token server in miniature, which does as it is told and remembers. */
export interface ScriptedSource {
  /** For `createRenewer`. */
  readonly source: TokenSource
  /** What it does from now on: answers, says nothing, or throws. */
  answer: 'ok' | 'hang' | Error
  /** Seconds that further tokens live. */
  ttl: number
  /** Everything it was asked, in order. */
  readonly requests: readonly TokenRequest[]
  /** Every token it gave, in order. */
  readonly tokens: readonly string[]
}

/** A source for tests, which needs no server. */
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
