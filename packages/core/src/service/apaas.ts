import { TokenError } from '../errors.ts'
import { checkUuid, describe } from '../checks/checks.ts'
import type { ApaasClaims } from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'

const NO_ROLE = -1

/** Whom to admit to flexible classroom: a user to one room, a user to no particular room, or your server. */
export type ApaasOptions =
  | {
      /** 1 to 255 bytes, in the characters of `checkChannel`. */
      readonly roomUuid: string
      /** 1 to 255 bytes, in the characters of `checkChannel`. */
      readonly userUuid: string
      /** The number of the user's role in the room, −32768 to 32767. */
      readonly role: number
      readonly app?: never
    }
  | {
      readonly userUuid: string
      readonly roomUuid?: never
      readonly role?: never
      readonly app?: never
    }
  | {
      /** Makes a token for your own server, with every right. Never send it to a client. */
      readonly app: true
      readonly roomUuid?: never
      readonly userUuid?: never
      readonly role?: never
    }

/** What {@link apaas} returns. */
export type ApaasGrant = ApaasOptions & { readonly service: 'apaas' }

/**
 * Grants the aPaaS service (flexible classroom, formerly Education) for as long as the token lasts.
 * `createToken` checks the options: USER_ID_INVALID, ROLE_UNKNOWN, IDENTITY_AMBIGUOUS.
 */
export function apaas(options: ApaasOptions): ApaasGrant {
  return grantOf('apaas', options)
}

/** Turns a grant into claims. @throws {TokenError} USER_ID_INVALID, IDENTITY_AMBIGUOUS, ROLE_UNKNOWN */
export function apaasClaims(grant: ApaasGrant, ttl: number): ApaasClaims {
  const { roomUuid, userUuid, role, app } = grant
  if (app !== undefined) return appClaims(grant, ttl)
  const user = checkUuid(userUuid, 'userUuid')
  if (roomUuid === undefined && role === undefined) {
    return claims({ userUuid: user, privileges: { user: ttl } })
  }
  const room = checkUuid(roomUuid, 'roomUuid')
  const privileges = { roomUser: ttl }
  return claims({ roomUuid: room, userUuid: user, role: checkRole(role), privileges })
}

function appClaims({ app, roomUuid, userUuid, role }: ApaasGrant, ttl: number): ApaasClaims {
  const others = [roomUuid, userUuid, role].filter((value) => value !== undefined)
  if (app === true && others.length === 0) return claims({ privileges: { app: ttl } })
  throw new TokenError(
    'IDENTITY_AMBIGUOUS',
    'apaas: app: true expected alone, got other members with it',
  )
}

function claims(given: Partial<ApaasClaims> & Pick<ApaasClaims, 'privileges'>): ApaasClaims {
  return { service: 'apaas', roomUuid: '', userUuid: '', role: NO_ROLE, ...given }
}

function checkRole(role: unknown): number {
  const isRole = typeof role === 'number' && Number.isInteger(role)
  if (isRole && role >= -0x8000 && role <= 0x7fff) return role
  throw new TokenError(
    'ROLE_UNKNOWN',
    `role: integer -32768 to 32767 expected, got ${describe(role)}`,
  )
}
