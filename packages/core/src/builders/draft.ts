import { randomSalt } from '../crypto/random-salt.ts'
import { type Claims006, encode006 } from '../version-006/encode-006.ts'
import { checkAppCertificate, checkAppId } from '../checks/checks.ts'
import { MAX_LIFE_SECONDS } from '../checks/limits.ts'
import type { KnownService } from '../layout/layouts.ts'
import { encode007 } from '../version-007/encode-007.ts'

/** What makes two tokens with the same claims differ. */
export interface Issue {
  /** Unix seconds. */
  readonly issuedAt: number
  readonly salt: number
}

/** Signs a token, given an issue time and a salt. The certificate is not a property. */
export type Draft = (issue: Issue) => string

/** The Agora project to sign tokens for. */
export interface Project {
  readonly appId: string
  readonly appCertificate: string
}

/** Checks a project and returns it. @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID */
export function checkProject(appId: unknown, appCertificate: unknown): Project {
  return { appId: checkAppId(appId), appCertificate: checkAppCertificate(appCertificate) }
}

/** Drafts a 006 token that expires 24 hours after its issue, as in every reference builder. */
export function draft006(
  { appId, appCertificate }: Project,
  claims: Pick<Claims006, 'channel' | 'user' | 'privileges'>,
): Draft {
  return ({ issuedAt, salt }) =>
    encode006(
      { ...claims, appId, salt, tokenExpiresAt: issuedAt + MAX_LIFE_SECONDS },
      appCertificate,
    )
}

/** Drafts a 007 token that expires `expiresIn` seconds after its issue. */
export function draft007(
  { appId, appCertificate }: Project,
  expiresIn: number,
  services: readonly KnownService[],
): Draft {
  return (issue) => encode007({ ...issue, appId, expiresIn, services }, appCertificate)
}

/** Returns the current time and a new salt. */
export function issueNow(): Issue {
  return { issuedAt: nowSeconds(), salt: randomSalt() }
}

/** Returns the current time in whole Unix seconds. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
