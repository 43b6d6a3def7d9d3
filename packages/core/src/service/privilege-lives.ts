import { TokenError } from '../errors.ts'
import { describe } from '../checks/checks.ts'
import type { PrivilegeIds, Privileges } from '../wire/privilege-map.ts'

/** Seconds by privilege, each 1 to the token's `ttl`. A privilege that you leave out is not granted. */
export type PrivilegeLives<Name extends string> = Readonly<Partial<Record<Name, number>>>

/**
 * Checks the lifetimes of one service's privileges, each 1 second to the token's ttl, and returns them.
 *
 * @throws {TokenError} PRIVILEGE_INVALID
 */
export function checkLives(lives: object, ids: PrivilegeIds, ttl: number): Privileges {
  const checked: Record<string, number> = {}
  for (const [name, life] of Object.entries(lives) as [string, unknown][]) {
    if (!Object.hasOwn(ids, name)) {
      const names = Object.keys(ids).join(', ')
      throw new TokenError('PRIVILEGE_INVALID', `privileges: ${names} expected, got another name`)
    }
    if (typeof life !== 'number' || !Number.isInteger(life) || life < 1 || life > ttl) {
      throw new TokenError(
        'PRIVILEGE_INVALID',
        `${name}: integer 1 to ${ttl} (the ttl) seconds expected, got ${describe(life)}`,
      )
    }
    checked[name] = life
  }
  return checked
}
