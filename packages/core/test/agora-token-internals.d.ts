// The parts of agora-token that its own typings leave out and the oracle test asks.

declare module 'agora-token/src/AccessToken2.js' {
  interface Service {
    readonly __privileges: Readonly<Record<string, number>>
    readonly __channel_name: Uint8Array
    readonly __uid: Uint8Array
  }
  class AccessToken2 {
    constructor(appId: string, appCertificate: string, issueTs: number, expire: number)
    readonly appId: Uint8Array
    readonly expire: number
    readonly salt: number
    from_string(token: string): boolean
    verifySignature(appCertificate: string): boolean
    getServices(type: number): readonly Service[]
  }
  const exports: { readonly AccessToken2: typeof AccessToken2 }
  export default exports
}

declare module 'agora-token/src/AccessToken.js' {
  class AccessToken {
    constructor(appId: string, appCertificate: string, channel: string, uid: string)
    readonly salt: number
    readonly ts: number
    readonly messages: Readonly<Record<string, number>>
    fromString(token: string): boolean
    build(): string
  }
  const exports: { readonly AccessToken: typeof AccessToken }
  export default exports
}
