import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8')
const BLOCKS = [
  ...read('docs/ui-kits.md').matchAll(/^```tsx?(?: title="[^"]+")?\n(.*?)^```$/gms),
].map(([, code]) => code)

// The files are what the tests run and the compiler checks.
describe('docs/ui-kits.md', () => {
  it.each([
    'src/tickets.ts',
    'src/handler.ts',
    'page/call.tsx',
    'src/server.ts',
    'src/access-token.ts',
  ])('shows what is in %s', (file) => {
    expect(BLOCKS).toContain(read(`tools/ui-kits/${file}`))
  })

  it('shows no code beside', () => {
    expect(BLOCKS).toHaveLength(5)
  })

  it('turns a query into a request in eight lines', () => {
    const [, recipe = ''] =
      /^(export function .*)/ms.exec(read('tools/ui-kits/src/access-token.ts')) ?? []
    expect(recipe.trim().split('\n')).toHaveLength(8)
  })
})
