import { httpSource, type TokenSource } from '@rtc-token/client-renewer'
import { fingerprint } from '../../fingerprint.ts'

/** A source, and the name of what it gave last. */
export interface NamedSource {
  readonly source: TokenSource
  /** Fingerprint of the last token; empty before the first. */
  readonly last: () => string
  /** The last token itself, for the SDK only; empty before the first. */
  readonly lastToken: () => string
}

/** Asks the demo's token endpoint as the guest with this pass. */
export function createNamedSource(channel: string, pass: string): NamedSource {
  let last = ''
  let lastToken = ''
  const ask = httpSource({
    url: '/api/agora/v1/tokens',
    request: { channel, role: 'publisher' },
    headers: { authorization: `Bearer ${pass}` },
  })
  const source: TokenSource = async (request) => {
    const grant = await ask(request)
    lastToken = typeof grant === 'string' ? grant : grant.token
    last = await fingerprint(lastToken)
    return grant
  }
  return { source, last: () => last, lastToken: () => lastToken }
}
