import type { BaseSettings } from '../options/settings.ts'
import type { JsonMembers } from './json.ts'

type Bounds = BaseSettings['ttl']

// A number of ten digits is a moment, whatever its unit.
const COUNT = String.raw`0*[1-9]\d{0,8}`

/** A life as the wish names it. @internal */
export function ttlSchema(bounds: Bounds): JsonMembers {
  return {
    oneOf: [secondsSchema(bounds), text(`${COUNT}[smh]`)],
    default: bounds.default,
    description: `Seconds, or text such as \`15m\`: ${rangeOf(bounds)}.`,
  }
}

/** A life as the old routes have it in their query. @internal */
export function expirySchema(bounds: Bounds): JsonMembers {
  return {
    ...text(`${COUNT}[smh]?`),
    description: `Seconds, or a length such as \`15m\`: ${rangeOf(bounds)}.`,
  }
}

/** A life as the old body has it. @internal */
export function expireSchema(bounds: Bounds): JsonMembers {
  return {
    oneOf: [{ enum: [0, '0'] }, secondsSchema(bounds), text(`${COUNT}[smh]?`)],
    description: `Seconds, also as digits, or a length such as \`15m\`: ${rangeOf(bounds)}. 0: default.`,
  }
}

// A wish above the maximum is shortened, so it is not out of bounds here.
function secondsSchema({ min }: Bounds): JsonMembers {
  return { type: 'integer', minimum: min, exclusiveMaximum: 1e9 }
}

function text(pattern: string): JsonMembers {
  return { type: 'string', pattern: `^${pattern}$` }
}

function rangeOf({ min, max }: Bounds): string {
  return `from ${min} seconds on; above ${max} it is shortened to that, from 1e9 on refused as a moment`
}
