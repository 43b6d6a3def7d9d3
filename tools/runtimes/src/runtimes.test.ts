import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findRuntime, missingRuntime, runProgram, serveWorker, startProgram } from './index.ts'

const PROGRAMS = ['node', 'node24', 'bun', 'deno'] as const
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'programs-'))
  await writeFile(join(folder, 'greet.mjs'), 'console.log(process.argv.slice(2).join())')
  await writeFile(join(folder, 'fail.mjs'), `throw new Error('on purpose')`)
  await writeFile(join(folder, 'stay.mjs'), `console.log('here'); setInterval(() => {}, 1000)`)
})
afterAll(() => rm(folder, { recursive: true }))

describe.each(PROGRAMS)('%s', (name) => {
  const isMissing = missingRuntime(name) !== undefined

  it.skipIf(isMissing)('runs a program and returns what it says', async () => {
    const said = await runProgram(name, join(folder, 'greet.mjs'), { args: ['a', 'b'] })
    expect(said).toBe('a,b\n')
  })

  it.skipIf(isMissing)('tells what a program complained of', async () => {
    await expect(runProgram(name, join(folder, 'fail.mjs'))).rejects.toThrow('on purpose')
    await expect(startProgram(name, join(folder, 'fail.mjs'))).rejects.toThrow('on purpose')
  })

  it.skipIf(isMissing)('kills a program that takes too long, and says so', async () => {
    const running = runProgram(name, join(folder, 'stay.mjs'), { timeoutMs: 500 })
    await expect(running).rejects.toThrow(`${name} took longer than 500 ms`)
  })

  it.skipIf(isMissing)('starts a program that stays, and stops it', async () => {
    const { firstLine, stop } = await startProgram(name, join(folder, 'stay.mjs'))
    expect(firstLine).toBe('here')
    await stop()
  })
})

it.skipIf(missingRuntime('deno') !== undefined)('permits Deno nothing unasked', async () => {
  const file = join(folder, 'read.mjs')
  await writeFile(file, 'console.log(Deno.readTextFileSync(Deno.args[0]).length > 0)')
  await expect(runProgram('deno', file, { args: [file] })).rejects.toThrow('--allow-read')
  const permissions = ['--allow-read']
  expect(await runProgram('deno', file, { args: [file], permissions })).toBe('true\n')
})

describe('workerd', () => {
  const isMissing = missingRuntime('workerd') !== undefined
  const worker = `export default { fetch: (request, env) => new Response(env.GREETING) }`

  it.skipIf(isMissing)('serves a worker on loopback and leaves nothing behind', async () => {
    const before = await readdir(folder)
    vi.stubEnv('TMPDIR', folder)
    const { url, stop } = await serveWorker(worker, { env: { GREETING: '"hi"\n' } })
    vi.unstubAllEnvs()
    expect(await fetch(url).then((response) => response.text())).toBe('"hi"\n')
    await stop()
    await expect(fetch(url)).rejects.toThrow('fetch failed')
    expect(await readdir(folder)).toEqual(before)
  })

  it.skipIf(isMissing)('tells what is wrong with a worker', async () => {
    await expect(serveWorker('export default {')).rejects.toThrow('SyntaxError')
  })
})

describe('a runtime that is missing', () => {
  it('is explained, with how to get it', () => {
    vi.stubEnv('NODE24_PATH', join(folder, 'nowhere'))
    vi.stubEnv('CI', '')
    expect(missingRuntime('node24')).toMatch(/^No node24 found .* NODE24_PATH\.$/)
    expect(() => findRuntime('node24')).toThrow('No node24 found')
    vi.unstubAllEnvs()
  })

  const isLinux = process.platform === 'linux' && process.arch === 'x64'
  it.runIf(isLinux)('is an error in continuous integration on Linux x64', () => {
    vi.stubEnv('NODE24_PATH', join(folder, 'nowhere'))
    vi.stubEnv('CI', 'true')
    expect(() => missingRuntime('node24')).toThrow('No node24 found')
    vi.unstubAllEnvs()
  })
})
