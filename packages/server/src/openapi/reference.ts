import type { JsonMembers } from './json.ts'

/** Where a document keeps what several places share. @internal */
export type Section = 'schemas' | 'responses' | 'headers' | 'parameters' | 'examples'

/** Points to what several places share. @internal */
export function ref(section: Section, name: string | number): JsonMembers {
  return { $ref: `#/components/${section}/${name}` }
}
