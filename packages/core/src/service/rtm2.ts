import { TokenError } from '../errors.ts'
import { checkUserId, describe } from '../checks/checks.ts'
import type { Rtm2Claims } from '../layout/layouts.ts'
import { RTM_ACCESS, RTM_RESOURCES, type Rtm2Permission } from '../layout/rtm-permissions.ts'
import { grantOf } from './grant-of.ts'

/**
 * The resources that the user may read and write, by kind of resource: `messageChannels`,
 * `streamChannels`, `groupChannels`, `serverGroups` and `users`, each with lists of names `read` and
 * `write`. Agora allows patterns as names.
 */
export type RtmPermissions = Readonly<
  Partial<
    Record<
      keyof typeof RTM_RESOURCES,
      Readonly<Partial<Record<keyof typeof RTM_ACCESS, readonly string[]>>>
    >
  >
>

/** The user to admit to messaging, and what they may read and write there. */
export interface Rtm2Options {
  /** 1 to 64 bytes, in the characters of `checkChannel`. */
  readonly userId: string
  /** Permits nothing that you leave out. */
  readonly permissions: RtmPermissions
}

/** What {@link rtm2} returns. */
export type Rtm2Grant = Rtm2Options & { readonly service: 'rtm2' }

/**
 * Grants messaging with permissions to one user, for as long as the token lasts. Agora must enable
 * permissions for your project. `createToken` checks the options: USER_ID_INVALID, PERMISSION_INVALID.
 *
 * @example
 * ```ts
 * rtm2({ userId: 'alice', permissions: { messageChannels: { read: ['news'], write: [] } } })
 * ```
 */
export function rtm2(options: Rtm2Options): Rtm2Grant {
  return grantOf('rtm2', options)
}

/** Turns a grant into claims. @throws {TokenError} USER_ID_INVALID or PERMISSION_INVALID */
export function rtm2Claims({ userId, permissions }: Rtm2Grant, ttl: number): Rtm2Claims {
  return {
    service: 'rtm2',
    userId: checkUserId(userId),
    permissions: checkPermissions(permissions),
    privileges: { login: ttl },
  }
}

function checkPermissions(permissions: RtmPermissions): Rtm2Permission[] {
  if (typeof permissions !== 'object' || permissions === null) {
    throw invalid(`an object by kind of resource expected, got ${describe(permissions)}`)
  }
  return Object.entries(permissions).flatMap(([resource, accesses]) => {
    if (!Object.hasOwn(RTM_RESOURCES, resource)) {
      throw invalid(`${Object.keys(RTM_RESOURCES).join(', ')} expected, got another resource`)
    }
    return Object.entries(accesses).map(([access, names]) => {
      if (!Object.hasOwn(RTM_ACCESS, access)) {
        throw invalid(`${resource}: read or write expected, got another access`)
      }
      return { resource, access, names: checkNames(names, `${resource}.${access}`) }
    })
  })
}

function checkNames(names: unknown, what: string): string[] {
  if (!Array.isArray(names))
    throw invalid(`${what}: an array of names expected, got ${describe(names)}`)
  return names.map((name: unknown) => {
    if (typeof name === 'string' && name !== '') return name
    throw invalid(`${what}: names expected, got ${describe(name)}`)
  })
}

function invalid(what: string): TokenError {
  return new TokenError('PERMISSION_INVALID', `permissions: ${what}`)
}
