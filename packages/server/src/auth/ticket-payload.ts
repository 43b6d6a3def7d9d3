import { type Role, ROLES } from '@rtc-token/core/contract'

import { isJsonObject, type JsonObject } from '../checks/kind.ts'
import type { TicketScope } from './ticket-scope.ts'

/** @internal The content of a ticket: its subject and its scope. */
export interface TicketContent {
  readonly subject: JsonObject
  readonly scope: TicketScope
}

/** @internal Writes the content of a ticket as base64url of JSON. */
export function writePayload({ subject, scope }: TicketContent): string {
  const text = JSON.stringify({
    s: subject,
    c: scope.channel,
    u: scope.userId,
    r: scope.role,
    e: scope.endsAt,
  })
  return encodeBase64url(new TextEncoder().encode(text))
}

/**
 * Reads the content of a ticket whose signature has been verified. The checks are for tickets of another version that
 * the same secret has signed.
 *
 * @internal
 */
export function readPayload(payload: string): TicketContent | undefined {
  const { s, c, u, r, e }: JsonObject = parsePayload(payload)
  return contentOf(s, c, u, r, e)
}

const AUDIENCE = 'rtc-token ticket'
// A misspelled `channel` would open every channel, so unknown claims are refused.
const CLAIMS = new Set(['aud', 'exp', 'iat', 'iss', 'jti', 'subject', 'channel', 'userId', 'role'])

/** @internal Reads the claims of a JWT that is a ticket. Its audience tells it from JWTs for other purposes. */
export function readClaims(payload: string): TicketContent | undefined {
  const claims = parsePayload(payload)
  const { aud, exp, subject, channel, userId, role } = claims
  if (aud !== AUDIENCE || !Object.keys(claims).every((name) => CLAIMS.has(name))) return undefined
  if (channel === '' || userId === '') return undefined
  return contentOf(subject, channel, userId, role, exp)
}

function contentOf(
  s: unknown,
  c: unknown,
  u: unknown,
  r: unknown,
  e: unknown,
): TicketContent | undefined {
  if (!isJsonObject(s) || typeof e !== 'number') return undefined
  if (!isOptionalText(c) || !isOptionalText(u) || !isOptionalRole(r)) return undefined
  const bounds = {
    ...(c !== undefined && { channel: c }),
    ...(u !== undefined && { userId: u }),
    ...(r !== undefined && { role: r }),
  }
  return { subject: Object.freeze(s), scope: Object.freeze({ ...bounds, endsAt: e }) }
}

/** @internal Reads base64url of a JSON object; an empty object for anything else. */
export function parsePayload(payload: string): JsonObject {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(decodeBase64url(payload)))
    return isJsonObject(json) ? json : {}
  } catch {
    return {}
  }
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

function isOptionalRole(value: unknown): value is Role | undefined {
  return value === undefined || ROLES.some((role) => role === value)
}

/** @internal Writes bytes as base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * Reads base64url without padding.
 *
 * @internal
 * @throws {DOMException} InvalidCharacterError when the string is not base64url
 */
export function decodeBase64url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
