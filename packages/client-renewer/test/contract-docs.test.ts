import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionAdapter } from '../src/session-adapter.ts'
import {
  adapterContract,
  type Behaviour,
  type GivenToken,
  type SdkDriver,
} from '../src/testing/index.ts'

type Tiny = (client: object, user: string) => SessionAdapter
type Listener = (what: string) => void

interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** The SDK of the example, and the service behind it. */
class TinySdk implements SdkDriver {
  state: 'in' | 'retrying' | 'out' = 'out'
  readonly given: GivenToken[] = []
  readonly #listeners = new Set<Listener>()
  readonly #how: Record<string, Behaviour> = {}
  #waiting: Waiting[] = []

  on(_: 'status', listener: Listener): void {
    this.#listeners.add(listener)
  }

  off(_: 'status', listener: Listener): void {
    this.#listeners.delete(listener)
  }

  async connect(user: string, token: string): Promise<void> {
    if (this.state !== 'out') throw new Error('already connected')
    this.given.push({ by: 'join', token, user })
    await this.#behave('join')
    this.#become('in', 'connected')
  }

  async disconnect(): Promise<void> {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('disconnected'))
    await this.#behave('leave')
    if (this.state !== 'out') this.#become('out', 'disconnected')
  }

  async setToken(token: string): Promise<void> {
    this.given.push({ by: 'renew', token })
    await this.#behave('renew')
  }

  listenerCount = () => this.#listeners.size
  warn = () => this.#tell('token-ends-soon')
  expire = () => this.#become('out', 'token-ended')
  dropLine = () => this.#become('retrying', 'lost')
  restoreLine = () => this.#become('in', 'connected')
  userLeaves = () => this.disconnect()
  ban = () => this.#become('out', 'kicked')
  set = (call: string, behaviour: Behaviour) => void (this.#how[call] = behaviour)
  answer = () => {
    for (const { resolve } of this.#waiting.splice(0)) resolve()
  }

  async #behave(call: string): Promise<void> {
    if (this.#how[call] === 'refuse') throw new Error('refused')
    if (this.#how[call] !== 'hang') return
    await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  #become(state: 'in' | 'retrying' | 'out', what: string): void {
    this.state = state
    this.#tell(what)
  }

  #tell(what: string): void {
    for (const listener of this.#listeners) listener(what)
  }
}

const page = readFileSync(new URL('../../../docs/adapters.md', import.meta.url), 'utf8')
const example = /```ts\n(.*?export function tiny.*?)```/s.exec(page)?.[1] ?? ''
// Inside the package, so that its imports are found.
const folder = mkdtempSync(fileURLToPath(new URL('example-', import.meta.url)))
let tiny: Tiny

describe('the example of docs/adapters.md', () => {
  beforeAll(async () => {
    const file = join(folder, 'tiny.ts')
    writeFileSync(file, example)
    ;({ tiny } = (await import(file)) as { tiny: Tiny })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is there', () => {
    expect(example).toContain('attach(sink)')
  })

  for (const check of adapterContract(make)) it(check.name, check.run)
})

function make() {
  const driver = new TinySdk()
  return { adapter: tiny(driver, 'anna'), driver }
}
