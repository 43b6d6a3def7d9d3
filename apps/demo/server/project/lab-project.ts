import { randomBytes } from 'node:crypto'

/** A project that exists on this machine only: tokens signed with it open nothing anywhere else. */
export interface ThrowAwayProject {
  readonly appId: string
  readonly appCertificate: string
}

/** Makes up a project. The labs sign with such, so that they cannot give away a real one's tokens. */
export function throwAwayProject(): ThrowAwayProject {
  return { appId: madeUpCertificate(), appCertificate: madeUpCertificate() }
}

/** Makes up a certificate: 32 hexadecimal digits. */
export function madeUpCertificate(): string {
  return randomBytes(16).toString('hex')
}
