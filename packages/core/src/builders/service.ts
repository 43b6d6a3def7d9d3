import type { ServiceClaims } from '../layout/layouts.ts'
import { ByteWriter } from '../wire/byte-writer.ts'
import { writePrivileges } from '../wire/privilege-map.ts'

/** One service of an {@link AccessToken2}: a number and privileges. Subclasses add what else it has. */
export class Service {
  /** Seconds from the token's issue by id of the privilege; 0 is as long as the token. */
  privileges: Record<number, number> = {}
  readonly #type: number

  constructor(serviceType: number) {
    this.#type = serviceType
  }

  /** The number of the service. */
  service_type(): number {
    return this.#type
  }

  /** Grants a privilege for some seconds from the token's issue; 0 is as long as the token. */
  add_privilege(privilege: number, expire: number): void {
    this.privileges[privilege] = expire
  }

  /** {@link add_privilege}, spelled as elsewhere. */
  addPrivilege(privilege: number, expire: number): void {
    this.add_privilege(privilege, expire)
  }

  /**
   * What a token says of the service. Of one that is no subclass: its number and its privileges.
   *
   * @throws {TokenError} CLAIM_INVALID or PRIVILEGE_INVALID
   */
  claims(): ServiceClaims {
    const writer = new ByteWriter()
    writePrivileges(writer, this.privileges, {})
    return { service: 'unknown', type: this.#type, count: 1, bytes: writer.written() }
  }
}
