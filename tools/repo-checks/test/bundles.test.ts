import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from '@rtc-token/release/workspace'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { figuresText, readFigures } from './support/figures.ts'

// What a page for production ships when it imports these: minified and compressed, dependencies included.

const PROGRAM = 'program.js'
const COMMAND = 'npx vitest run --project node tools/repo-checks'
const MACHINE = 'any: counted, not timed'
const FIGURES = join(ROOT, 'docs/figures.json')

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

/** The file for script tags, as the package's own build makes it. */
async function scriptForTags(): Promise<string> {
  const root = join(ROOT, 'packages', 'client-renewer')
  const configFile = join(root, 'vite.config.ts')
  const options = { root, configFile, logLevel: 'error', build: { write: false } } as const
  const [output] = [await build(options)]
    .flat()
    .flatMap((part) => ('output' in part ? part.output : []))
  return output?.type === 'chunk' ? output.code : ''
}

const gzipped = (text: string) => gzipSync(text, { level: 9 }).length
const RENEWER = `export { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
  export { createRenewer } from '@rtc-token/client-renewer'`
const SIGNING = /hmac|sha256|node:/i
const DID_EXPIRE = 'token-privilege-did-expire'

/** What a page loads, for which README, with at most how many bytes, and with what in it. */
const ROWS = [
  {
    what: '`decodeToken` of `./inspect`',
    readme: 'core',
    most: 4352,
    holds: 'TOKEN_MALFORMED',
    text: () => bundle(`export { decodeToken } from '@rtc-token/core/inspect'`),
  },
  {
    what: '`./inspect`',
    readme: 'core',
    most: 12_800,
    holds: 'TOKEN_MALFORMED',
    text: () => bundle(`export * from '@rtc-token/core/inspect'`),
  },
  {
    what: '`./sdk-errors`',
    readme: 'core',
    most: 24_576,
    holds: 'TOKEN_REFUSED',
    text: () => bundle(`export * from '@rtc-token/core/sdk-errors'`),
  },
  {
    what: '`createRenewer` and `rtcNg`',
    readme: 'client-renewer',
    most: 8544,
    holds: DID_EXPIRE,
    text: () => bundle(RENEWER),
  },
  {
    what: '`createRenewer`, `rtcNg` and `httpSource`',
    readme: 'client-renewer',
    most: 9408,
    holds: DID_EXPIRE,
    text: () => bundle(`${RENEWER}\nexport { httpSource } from '@rtc-token/client-renewer'`),
  },
  {
    what: '`dist/browser/rtc-token.js`, for script tags',
    readme: 'client-renewer',
    most: 9216,
    holds: DID_EXPIRE,
    text: scriptForTags,
  },
] as const

describe('a bundle', () => {
  const sizes = new Map<string, number>()

  it.each(ROWS)('of $what has at most $most bytes and no signing code', async (row) => {
    const text = await row.text()
    expect(text).toContain(row.holds)
    expect(text).not.toMatch(row.readme === 'core' ? SIGNING : /hmac|sha256|node:|agora-rtc-sdk/i)
    sizes.set(row.what, gzipped(text))
    expect(gzipped(text)).toBeLessThanOrEqual(row.most)
  })

  const WRITE = 'npx vitest run --project node tools/repo-checks -u'
  it(`has the size that docs/figures.json says; write it with: ${WRITE}`, async () => {
    const figures = readFigures()
    const kept = new Map(figures.sizes.map(({ what, figure }) => [what, figure]))
    const written = ROWS.map(({ readme, what }) => {
      const figure = sizeOf(sizes.get(what) ?? NaN, kept.get(what))
      return { package: readme, what, figure, command: COMMAND, machine: MACHINE }
    })
    expect(written.every(({ figure }) => /^\d/.test(figure))).toBe(true)
    await expect(figuresText({ ...figures, sizes: written })).toMatchFileSnapshot(FIGURES)
  })

  it('of core for browsers signs without Node', async () => {
    const text = await bundle(`export { createToken } from '@rtc-token/core'`)
    expect(text).not.toContain('node:crypto')
  })
})

/** What was said of a size stays where it is not wrong by more than 0.1 kB. */
function sizeOf(bytes: number, said = ''): string {
  const kilobytes = bytes / 1000
  const isRight = Math.abs(Number.parseFloat(said) - kilobytes) <= 0.1
  return isRight ? said : `${kilobytes.toFixed(1)} kB`
}
