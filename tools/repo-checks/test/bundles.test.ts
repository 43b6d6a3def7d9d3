import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

// What a page for production ships when it imports these: minified and compressed, dependencies included.

const PROGRAM = 'program.js'

/** Bundles a program for browsers and returns its text. */
async function bundle(source: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    // Vite takes the mode from NODE_ENV, which is that of the test.
    resolve: { conditions: ['@rtc-token/source', 'module', 'browser', 'production'] },
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === PROGRAM ? join(import.meta.dirname, PROGRAM) : undefined),
        load: (id) => (id.endsWith(PROGRAM) ? source : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: PROGRAM, preserveEntrySignatures: 'strict' },
    },
  })
  const outputs = 'output' in result ? result.output : []
  return outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('')
}

const gzipped = (text: string) => gzipSync(text, { level: 9 }).length

describe('a bundle', () => {
  it('of a reader of tokens has at most 4.25 kB and no signing code', async () => {
    const text = await bundle(`export { decodeToken } from '@rtc-token/core/inspect'`)
    expect(text).toContain('TOKEN_MALFORMED')
    expect(text).not.toMatch(/hmac|sha256|node:/i)
    expect(gzipped(text)).toBeLessThanOrEqual(4352)
  })

  it('of a reader that explains has at most 12.5 kB and no signing code', async () => {
    const text = await bundle(`export * from '@rtc-token/core/inspect'`)
    expect(text).not.toMatch(/hmac|sha256|node:/i)
    expect(gzipped(text)).toBeLessThanOrEqual(12_800)
  })

  it('of what explains errors of SDKs has at most 24 kB and no signing code', async () => {
    const text = await bundle(`export * from '@rtc-token/core/sdk-errors'`)
    expect(text).not.toMatch(/hmac|sha256|node:/i)
    expect(gzipped(text)).toBeLessThanOrEqual(24_576)
  })

  it('of client-renewer with rtc-ng has at most 8.7 kB and no signing code', async () => {
    const text = await bundle(`
      export { createRenewer } from '@rtc-token/client-renewer'
      export { rtcNg } from '@rtc-token/client-renewer/rtc-ng'`)
    expect(text).toContain('token-privilege-did-expire')
    expect(text).not.toMatch(/hmac|sha256|node:|agora-rtc-sdk/i)
    expect(gzipped(text)).toBeLessThanOrEqual(8909)
  })

  it('of client-renewer with rtc-ng and httpSource has at most 9.6 kB', async () => {
    const text = await bundle(`
      export { createRenewer, httpSource } from '@rtc-token/client-renewer'
      export { rtcNg } from '@rtc-token/client-renewer/rtc-ng'`)
    expect(text).toContain('token-privilege-did-expire')
    expect(text).not.toMatch(/hmac|sha256|node:|agora-rtc-sdk/i)
    expect(gzipped(text)).toBeLessThanOrEqual(9831)
  })

  it('of core for browsers signs without Node', async () => {
    const text = await bundle(`export { createToken } from '@rtc-token/core'`)
    expect(text).not.toContain('node:crypto')
  })
})
