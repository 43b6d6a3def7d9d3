import { TokenError } from '../errors.ts'
import type { Rtm2Permission } from '../layout/rtm-permissions.ts'

/** The resources of messaging that a user may read and write, for `RtmTokenBuilder2`. */
export class Rtm2Permissions {
  // Numbers and not literals, so that one variable can hold several of them in turn.
  static readonly kMessageChannels: number = 0
  static readonly kStreamChannels: number = 1
  static readonly kGroupChannels: number = 2
  static readonly kServerGroups: number = 3
  static readonly kUsers: number = 4
  static readonly kRead: number = 0
  static readonly kWrite: number = 1

  /** Names of resources, by the number of their type and the number of the permission. */
  details: Record<number, Record<number, string[]>> = {}

  /** Sets the resources of one type for one permission; replaces earlier ones. */
  add(resourceType: number, permissionType: number, resources: readonly string[]): void {
    const ofResource = (this.details[resourceType] ??= {})
    ofResource[permissionType] = [...resources]
  }
}

/**
 * Turns permissions into claims.
 *
 * @throws {TokenError} PERMISSION_INVALID when they are not permissions
 */
export function permissionClaims(permissions: Pick<Rtm2Permissions, 'details'>): Rtm2Permission[] {
  return entries(permissions?.details).flatMap(([resource, accesses]) =>
    entries(accesses).map(([access, names]) => ({ resource, access, names: textsOf(names) })),
  )
}

function entries<T>(map: Readonly<Record<number, T>> | undefined): [string, T][] {
  if (typeof map === 'object' && map !== null) return Object.entries(map)
  throw new TokenError('PERMISSION_INVALID', 'permissions: an Rtm2Permissions expected')
}

function textsOf(names: unknown): readonly string[] {
  if (isTexts(names)) return names
  throw new TokenError('PERMISSION_INVALID', 'permissions: arrays of strings expected as resources')
}

function isTexts(list: unknown): list is readonly string[] {
  return Array.isArray(list) && list.every((name) => typeof name === 'string')
}
