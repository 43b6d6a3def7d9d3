import assert from 'node:assert'
import { Console } from 'node:console'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { format, inspect, type InspectOptions } from 'node:util'
import { serialize } from 'node:v8'

import { fingerprint, rtm } from '@rtc-token/core'
import { afterAll, describe, expect, it } from 'vitest'

import * as asyncModule from './async-keys.ts'
import * as certificateModule from './certificate-keys.ts'
import * as envModule from './env-keys.ts'
import * as fileModule from './file-keys.ts'
import * as secretKeyModule from './key-ring.ts'
import type { KeyRing } from './key-ring.ts'
import * as projectRingModule from './ring-for.ts'
import * as ringModule from './sourced-key-ring.ts'

const A = '5CFd2fd1755d40ecb72977518be15d3b'
const B = 'b0daae2ff3d84c3c8a8ea5bbd9a7b9c1'

/** Six digits of a certificate in a row, wherever they stand in it, and either case. */
const PIECES = [A, B].flatMap((secret) =>
  Array.from({ length: secret.length - 5 }, (_, at) => secret.slice(at, at + 6).toLowerCase()),
)

const folder = mkdtempSync(join(tmpdir(), 'rtc-token-secrets-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** A ring from each source; and how many ways there are to make one. */
const RINGS: Record<string, () => KeyRing> = {
  certificateKeys: () => certificateModule.certificateKeys(A, B),
  fixedKeys: () =>
    certificateModule.fixedKeys(
      { primary: A, secondary: B },
      { primary: 'first', secondary: 'second', sign: 'sign' },
    ),
  envKeys: () =>
    envModule.envKeys({ AGORA_APP_CERTIFICATE: A, AGORA_APP_CERTIFICATE_SECONDARY: B }),
  fileKeys: () => fileModule.fileKeys({ primary: file('a', A), secondary: file('b', `${B}\n`) }),
  asyncKeys: () => asyncModule.asyncKeys(async () => ({ primary: A, secondary: B })),
  createKey: () => {
    const key = secretKeyModule.createKey(A)
    return { signer: () => key, verifiers: () => [key, secretKeyModule.createKey(B)] }
  },
  signWith: () => {
    const keys = [secretKeyModule.createKey(A), secretKeyModule.createKey(B)] as const
    const token = { ttl: 60, services: [rtm({ userId: 'alice' })] }
    for (const key of keys) secretKeyModule.signWith(key, 'a'.repeat(32), token)
    return { signer: () => keys[0], verifiers: () => keys }
  },
  createKeyRing: () => {
    const [a, b] = [secretKeyModule.createKey(A), secretKeyModule.createKey(B)]
    const latest = { signer: a, verifiers: [a, b] }
    return ringModule.createKeyRing({ current: () => latest, latest })
  },
  ringFor: () => {
    const keys = [secretKeyModule.createKey(A), secretKeyModule.createKey(B)] as const
    const ring = { signer: () => keys[0], verifiers: () => keys }
    return projectRingModule.ringFor(ring, 'a'.repeat(32), 'project.appId')
  },
}

const quiet = { onError: (): void => {} }

/** What goes wrong with a secret near: each throws or rejects. */
const FAULTS: Record<string, () => unknown> = {
  'a long certificate': () => certificateModule.certificateKeys(`${A}0`),
  'a quoted certificate': () => certificateModule.certificateKeys(`"${A}"`),
  'a certificate that is an object': () => certificateModule.certificateKeys({ A } as never),
  'the same twice': () => certificateModule.certificateKeys(A, A),
  'a malformed variable': () => envModule.envKeys({ APP_CERTIFICATE: ` ${A}` }),
  'variables that differ': () =>
    envModule.envKeys({ AGORA_APP_CERTIFICATE: A, APP_CERTIFICATE: B }),
  'an App ID': () => envModule.envKeys({ AGORA_APP_CERTIFICATE: A, AGORA_APP_ID: A }),
  'a published variable': () => envModule.envKeys({ VITE_CERT: A }),
  'a certificate for a choice': () =>
    envModule.envKeys({ AGORA_APP_CERTIFICATE: A, AGORA_SIGN_WITH: B }),
  'a certificate for a record': () => envModule.envKeys(A as never),
  'a malformed file': () => fileModule.fileKeys({ primary: file('bad', `${A}0`) }),
  'two files alike': () => fileModule.fileKeys({ primary: file('a', A), secondary: file('c', A) }),
  'a certificate for options': () => fileModule.fileKeys(A as never),
  'a certificate for a path': () => fileModule.fileKeys({ primary: A }),
  'a certificate for a second path': () =>
    fileModule.fileKeys({ primary: file('a', A), secondary: ` ${B}` }),
  'a certificate for a choice of files': () =>
    fileModule.fileKeys({ primary: file('a', A), sign: A as never }),
  'a certificate for a load': () => asyncModule.asyncKeys(A as never),
  'a certificate for a number': () =>
    asyncModule.asyncKeys(async () => A, { timeoutMs: A as never }),
  'a malformed answer': () => asyncModule.asyncKeys(async () => `${A}0`, quiet).signer(),
  'an answer of the wrong kind': () =>
    asyncModule.asyncKeys(async () => ({ primary: { A } }) as never, quiet).signer(),
  'a load that throws what it had': () => rejecting(new Error(`refused ${A}`)),
  'a load that throws a cause': () => rejecting(new Error('x', { cause: new Error(A) })),
  'a load that throws its request': () =>
    rejecting(Object.assign(new Error('403'), { config: { certificate: A } })),
  'a load that throws a text': () => rejecting(A),
  'a load that cannot parse': () =>
    asyncModule.asyncKeys(async () => JSON.parse(A) as string, quiet).verifiers(),
}

function rejecting(reason: unknown): unknown {
  return asyncModule.asyncKeys(() => Promise.reject(reason), quiet).signer()
}

const INSPECTIONS: InspectOptions[] = [undefined, true, false].flatMap((customInspect) =>
  [0, 2, Infinity].flatMap((depth) => [
    { depth, ...(customInspect === undefined ? {} : { customInspect }) },
    {
      depth,
      showHidden: true,
      getters: true,
      showProxy: true,
      customInspect: customInspect ?? true,
    },
    { depth, showHidden: true, compact: false, sorted: true, customInspect: customInspect ?? true },
  ]),
)

/** Every way of printing that logs, error reporters and test runners go. */
const PRINTERS: Record<string, (value: unknown) => string> = {
  inspect: (value) => INSPECTIONS.map((options) => inspect(value, options)).join('\n'),
  'inspect inside': (value) => inspect({ deep: [{ deeper: { value } }] }, false, null, true),
  format: (value) =>
    ['%s', '%o', '%O', '%j', '%d', '%i'].map((sign) => format(sign, value)).join('\n'),
  'console.log': (value) => printed((console) => console.log(value)),
  'console.dir': (value) => printed((console) => console.dir(value, { showHidden: true })),
  'console.table': (value) => printed((console) => console.table([value])),
  'JSON.stringify': (value) => JSON.stringify({ value, list: [value] }),
  'Object.entries': (value) => JSON.stringify(Object.entries(value as object)),
  spread: (value) => inspect({ ...(value as object) }, { showHidden: true, getters: true }),
  'Object.assign': (value) => inspect(Object.assign({}, value), { showHidden: true }),
  'own descriptors': (value) => inspect(Object.getOwnPropertyDescriptors(value), { depth: 9 }),
  structuredClone: (value) => cloned(() => inspect(structuredClone(value), { depth: 9 })),
  'v8.serialize': (value) => cloned(() => serialize(value).toString('latin1')),
  String,
  template: (value) => `in a ${value as string}`,
  concatenation: (value) => 'x'.concat(value as string),
  'for in': (value) => {
    const seen: unknown[] = []
    for (const name in value as object) seen.push((value as Record<string, unknown>)[name])
    return JSON.stringify(seen)
  },
  'a failed assertion': (value) => {
    const failed = caught(() => assert.deepStrictEqual(value, { unlike: true }))
    return `${inspect(failed, { depth: 9 })}${String(failed)}`
  },
  'a failed expectation': (value) => String(caught(() => expect(value).toEqual({ unlike: true }))),
  'an error about it': (value) => inspect(new Error(String(value), { cause: value }), { depth: 9 }),
}

describe('a key', () => {
  it.each(Object.entries(RINGS))('of %s shows its id at most', async (_name, make) => {
    const ring = make()
    for (const key of await ring.verifiers()) expectSafe(key)
    expectSafe(await ring.verifiers())
    expectSafe(await ring.signer())
  })

  it('shows its id', () => {
    const key = secretKeyModule.createKey(A)
    const id = fingerprint(A)
    expect(inspect(key)).toBe(`Key ${id}`)
    expect(text(key)).toBe(`Key ${id}`)
    expect(JSON.stringify(key)).toBe(`{"id":"${id}"}`)
    expect(structuredClone(key)).toEqual({ id })
    expect({ ...key }).toEqual({ id })
  })
})

describe('a ring', () => {
  it.each(Object.entries(RINGS))('of %s shows ids at most', async (_name, make) => {
    const ring = make()
    expectSafe(ring)
    expectSafe(ring.verifiers())
    await ring.verifiers()
    expectSafe(ring)
  })

  it('shows the ids of its keys', () => {
    const [a, b] = [fingerprint(A), fingerprint(B)]
    const ring = certificateModule.certificateKeys(A, B)
    const json = `{"signer":"${a}","verifiers":["${a}","${b}"]}`
    expect(JSON.stringify(ring)).toBe(json)
    expect(text(ring)).toBe(`KeyRing ${json}`)
    expect(inspect(ring)).toBe(`KeyRing ${json}`)
  })

  it('shows that it has none yet', () => {
    const ring = asyncModule.asyncKeys(async () => A)
    expect(text(ring)).toBe('KeyRing {"signer":null,"verifiers":[]}')
  })
})

describe('an error', () => {
  it.each(Object.entries(FAULTS))('about %s repeats nothing of it', async (_name, fail) => {
    const error = await Promise.resolve()
      .then(fail)
      .then(unexpected, (error: unknown) => error)
    expect(error).toBeInstanceOf(Error)
    expectSafe(error)
    const { message, stack, cause } = error as Error
    expectSafe({ message, stack, cause })
  })
})

describe('the table above', () => {
  it('misses no function that these files export', () => {
    const sources = [asyncModule, certificateModule, envModule, fileModule]
    const modules = [...sources, secretKeyModule, ringModule, projectRingModule]
    const names = modules.flatMap((module) => Object.keys(module))
    expect(Object.keys(RINGS).toSorted()).toEqual(names.toSorted())
  })

  it('finds a secret that is printed', () => {
    for (const print of [
      'inspect',
      'console.log',
      'console.table',
      'JSON.stringify',
      'structuredClone',
      'spread',
      'for in',
    ]) {
      expect(PRINTERS[print]?.({ certificate: A })).toContain(A)
    }
    expect(() => expectSafe({ certificate: A.toUpperCase() })).toThrow(/by /)
  })
})

function expectSafe(value: unknown): void {
  for (const [name, print] of Object.entries(PRINTERS)) {
    const text = print(value).toLowerCase()
    const piece = PIECES.find((piece) => text.includes(piece))
    if (piece !== undefined) throw new Error(`${piece} is printed by ${name}: ${text}`)
  }
}

function printed(print: (console: Console) => void): string {
  const stream = new PassThrough()
  print(new Console(stream))
  return String(stream.read())
}

// What cannot be cloned says so, and must not say what it was.
function cloned(clone: () => string): string {
  try {
    return clone()
  } catch (error) {
    return inspect(error)
  }
}

function caught(act: () => void): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return unexpected()
}

function text(value: unknown): string {
  return String(value)
}

function unexpected(): never {
  throw new RangeError('a failure expected, got none')
}
