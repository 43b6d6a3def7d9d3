import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { describe, expect, it, onTestFinished } from 'vitest'
import webpack, { type Stats } from 'webpack'
import { bundle } from './support/bundle.ts'

// Where the package has to load: with a bundler, on a server, and where there is next to nothing.

const FILES = join(import.meta.dirname, '../src')
const EVERYTHING = `
  export { createRenewer, httpSource } from '${FILES}/index.ts'
  export { rtcNg } from '${FILES}/adapters/rtc-ng.ts'`
const HERMESC: Readonly<Record<string, string>> = {
  linux: 'linux64-bin/hermesc',
  darwin: 'osx-bin/hermesc',
}

/** What a phone under Hermes has; no URL, no DOM, no fetch, no TextDecoder, no structuredClone. */
const PHONE = { setTimeout, clearTimeout, performance, AbortController, console }

/** Joins, renews once, and says what the SDK was handed. */
const SCENE = `
  (async () => {
    const given = []
    const adapter = {
      scope: () => ({ service: 'rtc' }), attach: () => () => {},
      link: () => (given.length ? 'online' : 'down'),
      join: async ({ token }) => given.push(token), rejoin: async () => 1,
      renew: async (token) => void given.push(token),
      republish: () => [], leave: async () => {},
    }
    let count = 0
    const source = async () => ({ token: '007token' + ++count, expiresIn: 60 })
    const renewer = program.createRenewer(adapter, { source })
    await renewer.join()
    await renewer.renew()
    renewer.dispose()
    return given.join()
  })()`

describe('the package', { timeout: 60_000 }, () => {
  it('renews a token where there is neither DOM nor URL nor fetch', async () => {
    const text = await bundle(EVERYTHING, { format: 'iife' })
    const phone = createContext({ ...PHONE })
    runInContext(text, phone)
    expect(await runInContext(SCENE, phone)).toBe('007token1,007token2')
  })

  const hermesc = HERMESC[process.platform]
  it.skipIf(hermesc === undefined || process.arch !== 'x64')('compiles for Hermes', async () => {
    const folder = temporaryFolder()
    // What the preset of React Native makes of modern syntax, as far as Hermes needs it.
    const text = await bundle(EVERYTHING, { format: 'iife', target: 'es2016' })
    writeFileSync(join(folder, 'program.js'), text)
    const compiler = join(import.meta.dirname, '../node_modules/hermes-compiler/hermesc', hermesc!)
    const args = ['-emit-binary', '-w', '-out', 'program.hbc', 'program.js']
    expect(() => execFileSync(compiler, args, { cwd: folder, stdio: 'pipe' })).not.toThrow()
  })

  it('resolves by the conditions of Metro', async () => {
    const conditions = ['react-native', 'browser', 'import']
    const text = await bundle(EVERYTHING, { conditions })
    expect(text).toContain('token-privilege-did-expire')
    expect(text).not.toMatch(/node:|agora-rtc-sdk/)
  })

  it.each([
    ['a page for production has not', ['browser', 'production'], false],
    ['a page in development has', ['browser', 'development'], true],
    ['a phone has', ['react-native', 'import'], true],
    ['a server has', ['node', 'import'], true],
  ])('of the sentences of errors %s', async (_, conditions, has) => {
    const text = await bundle(EVERYTHING, { conditions })
    expect(text.includes('which stream channels join with')).toBe(has)
  })

  it('builds with webpack', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'program.js'), await bundle(EVERYTHING))
    const stats = await pack(folder)
    expect(stats.toJson({ errors: true, warnings: true })).toMatchObject({
      errors: [],
      warnings: [],
    })
  })

  it('ships no renewer with a source alone', async () => {
    const text = await bundle(`export { httpSource } from '${FILES}/index.ts'`)
    expect(text).toContain('previous_token_invalid')
    expect(text).not.toMatch(/removeAllListeners|renewToken|rejoined|token-privilege/)
    expect(text.length).toBeLessThan(3000)
  })

  it('can be imported on a server, and a renewer made there', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'package.mjs'), await bundle(EVERYTHING))
    const program = `
      import { createRenewer } from './package.mjs'
      createRenewer({ link: () => 'down' }, { source: () => '' }).dispose()
      console.log(typeof window, typeof document)`
    const flags = ['--input-type=module', '-e', program]
    const said = execFileSync(process.execPath, flags, { cwd: folder })
    expect(said.toString().trim()).toBe('undefined undefined')
  })
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-renewer-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function pack(folder: string): Promise<Stats> {
  const output = { path: folder, filename: 'packed.js' }
  const compiler = webpack({ mode: 'production', context: folder, entry: './program.js', output })
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => (stats ? resolve(stats) : reject(error)))
  })
}
