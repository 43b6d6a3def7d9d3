import { TokenError } from '../errors.ts'
import { checkUserId, describe } from '../checks/checks.ts'
import type { Rtm2Claims } from '../layout/layouts.ts'
import { RTM_ACCESS, RTM_RESOURCES, type Rtm2Permission } from '../layout/rtm-permissions.ts'
import { grantOf } from './grant-of.ts'

/** What may be read and written, by kind of resource; names may be patterns of Agora's. */
export type RtmPermissions = Readonly<
  Partial<
    Record<
      keyof typeof RTM_RESOURCES,
      Readonly<Partial<Record<keyof typeof RTM_ACCESS, readonly string[]>>>
    >
  >
>

/** Who may log in to messaging, and what they may read and write there. */
export interface Rtm2Options {
  /** 1 to 64 bytes of Agora's documented alphabet. */
  readonly userId: string
  /** What is left out is not permitted. */
  readonly permissions: RtmPermissions
}

/** A service for `createToken`; made by {@link rtm2}. */
export type Rtm2Grant = Rtm2Options & { readonly service: 'rtm2' }

/**
 * Says who may log in to messaging, with permissions.
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
