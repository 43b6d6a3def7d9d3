import { createHash, X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'

/** A certificate for one run, with its key. */
export interface ThrowAwayCertificate {
  readonly cert: string
  readonly key: string
  /** SHA-256 of the public key in base64: by this a browser can be told to accept it. */
  readonly pin: string
}

/** Makes a certificate that no browser trusts until a browser is told its pin. */
export async function makeCertificate(): Promise<ThrowAwayCertificate> {
  const name = [{ name: 'commonName', value: 'a stand-in for the edge' }]
  const pems = await generate(name, { keyType: 'ec', algorithm: 'sha256' })
  const publicKey = new X509Certificate(pems.cert).publicKey.export({ type: 'spki', format: 'der' })
  const pin = createHash('sha256').update(publicKey).digest('base64')
  return { cert: pems.cert, key: pems.private, pin }
}
