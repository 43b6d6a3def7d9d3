import type { PrivilegeIds, Privileges } from '../wire/privilege-map.ts'

/** What the claims of every service have. */
export interface ClaimsOf<Name extends string> {
  readonly service: Name
  readonly privileges: Privileges
}

/** Claims about one user in one channel. */
export interface ChannelClaims<Name extends string> extends ClaimsOf<Name> {
  readonly channel: string
  /** A uid in decimal, or a user account; empty when the uid is not checked. */
  readonly user: string
}

/** Claims about one user. */
export interface UserClaims<Name extends string> extends ClaimsOf<Name> {
  readonly userId: string
}

/** How a member of a service's claims stands on the wire. */
export type FieldKind = 'text' | 'i16' | 'permissions'

/** What there is to know of a service: its number, its privileges, its layout. */
export interface ServiceLayout<Claims extends ClaimsOf<string>> {
  /** The number of the service on the wire. */
  readonly type: number
  readonly privilegeIds: PrivilegeIds
  /** Its own members, in the order in which they follow the privileges. */
  readonly fields: {
    readonly [Member in Exclude<keyof Claims, keyof ClaimsOf<string>>]: FieldKind
  }
}
