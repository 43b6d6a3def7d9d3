import type { Role } from '@rtc-token/core/contract'

import type { JsonMembers } from './json.ts'

// That of core, apart from the space: a name has something else in it too.
const VISIBLE = String.raw`a-zA-Z0-9!#$%&()+\-:;<=.>?@[\]^_{}|~,`
const NAME = `^ *[${VISIBLE}][${VISIBLE} ]*$`

/** The name of a channel. @internal */
export const CHANNEL: JsonMembers = name(63)

/** The name of a user. @internal */
export const ACCOUNT: JsonMembers = name(255)

/** The name of a user of messaging or chat, which hold less. @internal */
export const USER_ID: JsonMembers = name(64)

/** The number of a user. @internal */
export const UID: JsonMembers = { type: 'integer', minimum: 1, maximum: 0xffffffff }

/** What a user may do. @internal */
export const ROLE: JsonMembers = { enum: ['publisher', 'subscriber'] satisfies Role[] }

function name(maxLength: number): JsonMembers {
  return { type: 'string', minLength: 1, maxLength, pattern: NAME }
}
