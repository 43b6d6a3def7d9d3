import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export const ISSUER = 'https://id.example/'
export const AUDIENCE = 'https://tokens.example'

/** A key of the provider: the half that signs, and the half that is published. */
export interface ProviderKey {
  readonly jwk: JWK
  /** Signs for alice for an hour of the clock, which tests turn. */
  readonly sign: (claims?: object, header?: object) => Promise<string>
}

/** Makes a key with this id, or without any. */
export async function providerKey(kid?: string): Promise<ProviderKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const named = kid === undefined ? {} : { kid }
  const sign: ProviderKey['sign'] = (claims = {}, header = {}) => {
    const exp = Math.floor(Date.now() / 1000) + 3600
    return new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'alice', exp, ...claims })
      .setProtectedHeader({ alg: 'RS256', ...named, ...header })
      .sign(privateKey)
  }
  return { jwk: { ...(await exportJWK(publicKey)), ...named }, sign }
}

/** An identity provider on loopback whose answer can be turned while it runs. */
export class IdentityProvider {
  answer: RequestListener = (_request, response) => void response.writeHead(500).end()
  asked = 0
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      this.asked += 1
      this.answer(request, response)
    })
  }

  static async start(): Promise<IdentityProvider> {
    const provider = new IdentityProvider()
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve))
    return provider
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jwks`
  }

  publish(...keys: readonly ProviderKey[]): void {
    this.send(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }))
  }

  send(body: string | Uint8Array, headers: Record<string, string> = {}): void {
    this.answer = (_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
