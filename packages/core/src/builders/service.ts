import type { ServiceClaims } from '../layout/layouts.ts'
import { ByteWriter } from '../wire/byte-writer.ts'
import { writePrivileges } from '../wire/privilege-map.ts'

/** One service of an {@link AccessToken2}: a number and privileges. Subclasses add the other members. */
export class Service {
  /** Seconds from the token's issue by privilege id; 0 means as long as the token. */
  privileges: Record<number, number> = {}
  readonly #type: number

  constructor(serviceType: number) {
    this.#type = serviceType
  }

  /** Returns the number of the service. */
  service_type(): number {
    return this.#type
  }

  /** Grants a privilege for some seconds from the token's issue; 0 means as long as the token. */
  add_privilege(privilege: number, expire: number): void {
    this.privileges[privilege] = expire
  }

  /** The same as {@link add_privilege}. */
  addPrivilege(privilege: number, expire: number): void {
    this.add_privilege(privilege, expire)
  }

  /**
   * Returns the service as a token stores it. The base class has only its number and its privileges.
   *
   * @throws {TokenError} CLAIM_INVALID or PRIVILEGE_INVALID
   */
  claims(): ServiceClaims {
    const writer = new ByteWriter()
    writePrivileges(writer, this.privileges, {})
    return { service: 'unknown', type: this.#type, count: 1, bytes: writer.written() }
  }
}
