import { expect, it } from 'vitest'
import { expectOnly } from '../src/publish.mjs'
import { withoutNpm } from '../src/without-npm.mjs'

// A rehearsal that reached another registry than its own would be the release.

const LOOPBACK = 'http://127.0.0.1:4873/'

it('takes away what npm and pnpm say of registries and rights', () => {
  const env = {
    PATH: '/bin',
    npm_config_registry: 'a',
    NPM_CONFIG_USERCONFIG: 'b',
    NODE_AUTH_TOKEN: 'c',
  }
  expect(withoutNpm({ ...env, pnpm_config_registry: 'd', NPM_TOKEN: 'e' })).toEqual({
    PATH: '/bin',
  })
})

it('goes on when a dry run leads to the registry on loopback', () => {
  expect(() => expectOnly(LOOPBACK, `📦 a@1 → ${LOOPBACK}\n📦 b@1 → ${LOOPBACK}`, 2)).not.toThrow()
})

it.each([`📦 a@1 → ${LOOPBACK}\n📦 b@1 → https://elsewhere.example/`, `📦 a@1 → ${LOOPBACK}`, ''])(
  'stops when it leads elsewhere or says nothing: %j',
  (output) => {
    expect(() => expectOnly(LOOPBACK, output, 2)).toThrow()
  },
)
