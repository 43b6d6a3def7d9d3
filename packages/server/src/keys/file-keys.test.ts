import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { fileKeys, type FileKeysOptions } from './file-keys.ts'
import type { KeyRing } from './key-ring.ts'

const A = '5CFd2fd1755d40ecb72977518be15d3b'
const B = 'b0daae2ff3d84c3c8a8ea5bbd9a7b9c1'

let folder = ''
let primary = ''
let secondary = ''
let now = 0
const failures: unknown[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rtc-token-keys-'))
  primary = join(folder, 'primary')
  secondary = join(folder, 'secondary')
  now = 0
  failures.length = 0
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function follow(options: Partial<FileKeysOptions> = {}): KeyRing {
  const onError = (error: unknown): void => void failures.push(error)
  return fileKeys({ primary, clock: () => now, onError, ...options })
}

function certificates(keys: KeyRing): string[] {
  const verifiers = keys.verifiers()
  if (verifiers instanceof Promise) throw new TypeError('keys at once expected')
  return verifiers.map(({ certificate }) => certificate)
}

/** Mounts the certificate as Kubernetes does: a link to a link that is swapped for another. */
function mountSecret(version: string, certificate: string): void {
  mkdirSync(join(folder, version))
  writeFileSync(join(folder, version, 'certificate'), certificate)
  symlinkSync(version, join(folder, '..data_tmp'))
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'))
}

describe('fileKeys', () => {
  it.each(['', '\n', '\r\n'])('reads a certificate followed by %j', (end) => {
    writeFileSync(primary, A + end)
    expect(follow().signer()).toMatchObject({ certificate: A })
  })

  it('signs with the first of two, or with the second', () => {
    writeFileSync(primary, A)
    writeFileSync(secondary, B)
    expect(certificates(follow({ secondary }))).toEqual([A, B])
    expect(certificates(follow({ secondary, sign: 'secondary' }))).toEqual([B, A])
  })

  it('follows a change, and looks once a second at most', () => {
    writeFileSync(primary, A)
    const keys = follow()
    writeFileSync(primary, B)
    now = 999
    expect(certificates(keys)).toEqual([A])
    now = 1000
    expect(certificates(keys)).toEqual([B])
    writeFileSync(primary, A)
    now = 1999
    expect(certificates(keys)).toEqual([B])
    now = 2000
    expect(certificates(keys)).toEqual([A])
  })

  it('follows a change that leaves time and size of the file as they were', () => {
    const time = new Date(1_795_288_141_000)
    writeFileSync(primary, A)
    utimesSync(primary, time, time)
    const keys = follow()
    writeFileSync(primary, B)
    utimesSync(primary, time, time)
    now = 1000
    expect(certificates(keys)).toEqual([B])
  })

  it('follows the swap of links that Kubernetes makes', () => {
    mountSecret('..v1', A)
    symlinkSync('..data/certificate', primary)
    const keys = follow()
    mountSecret('..v2', `${B}\n`)
    rmSync(join(folder, '..v1'), { recursive: true })
    now = 1000
    expect(certificates(keys)).toEqual([B])
    expect(failures).toEqual([])
  })

  it('does not wait until a clock that was set back has caught up', () => {
    now = 1e12
    writeFileSync(primary, A)
    const keys = follow()
    writeFileSync(primary, B)
    now = 5
    expect(certificates(keys)).toEqual([B])
  })

  it.each<[string, () => void, RegExp]>([
    ['is empty', () => truncateSync(primary), /primary is not set$/],
    ['is half written', () => truncateSync(primary, 16), /primary has 16 characters/],
    ['is missing', () => rmSync(primary), /primary cannot be read \(ENOENT\)$/],
    ['holds the other one', () => writeFileSync(primary, B), /secondary is the same as .*primary$/],
  ])('keeps the last good keys when a file %s', (_fault, spoil, message) => {
    writeFileSync(primary, A)
    writeFileSync(secondary, B)
    const keys = follow({ secondary })
    spoil()
    for (now of [1000, 2000, 3000]) expect(certificates(keys)).toEqual([A, B])
    const fault = { code: 'APP_CERTIFICATE_INVALID', message: expect.stringMatching(message) }
    expect(failures).toEqual([expect.objectContaining(fault)])
    writeFileSync(primary, 'c'.repeat(32))
    now = 4000
    expect(certificates(keys)).toEqual(['c'.repeat(32), B])
  })

  it('looks at a file that cannot be used once a second at most as well', () => {
    writeFileSync(primary, A)
    const keys = follow()
    truncateSync(primary)
    now = 1000
    expect(certificates(keys)).toEqual([A])
    writeFileSync(primary, B)
    now = 1999
    expect(certificates(keys)).toEqual([A])
    now = 2000
    expect(certificates(keys)).toEqual([B])
  })

  it('reports a fault again after all was well', () => {
    writeFileSync(primary, A)
    const keys = follow()
    for (const text of ['', A, '']) {
      writeFileSync(primary, text)
      now += 1000
      expect(certificates(keys)).toEqual([A])
    }
    expect(failures).toHaveLength(2)
  })

  it.each([
    () => {
      throw new Error('log is full')
    },
    async () => {
      throw new Error('log is full')
    },
  ])('goes on when the report itself fails', async (onError) => {
    writeFileSync(primary, A)
    const keys = follow({ onError })
    rmSync(primary)
    now = 1000
    expect(certificates(keys)).toEqual([A])
    await new Promise(setImmediate)
  })

  it('reports to the console when it is told nothing else', () => {
    const print = vi.spyOn(console, 'error').mockReturnValue()
    writeFileSync(primary, A)
    const keys = fileKeys({ primary, clock: () => now })
    rmSync(primary)
    now = 1000
    expect(certificates(keys)).toEqual([A])
    expect(print).toHaveBeenCalledExactlyOnceWith('[rtc-token] keys:', expect.any(Error))
    print.mockRestore()
  })

  it.each<[string, () => void, RegExp]>([
    ['missing', () => {}, /primary cannot be read \(ENOENT\)$/],
    ['a folder', () => mkdirSync(primary), /primary is not a file of at most 1024 bytes$/],
    ['a device', () => symlinkSync('/dev/null', primary), /primary is not a file of at most 1024/],
    [
      'a link to itself',
      () => symlinkSync('primary', primary),
      /primary cannot be read \(ELOOP\)$/,
    ],
    [
      'large',
      () => writeFileSync(primary, A.repeat(33)),
      /primary is not a file of at most 1024 bytes/,
    ],
    ['empty', () => writeFileSync(primary, ''), /primary is not set$/],
    ['malformed', () => writeFileSync(primary, `${A}\n\n`), /primary starts or ends with white/],
  ])('refuses to start from a file that is %s', (_fault, prepare, message) => {
    prepare()
    const refusal = { code: 'APP_CERTIFICATE_INVALID', message: expect.stringMatching(message) }
    expect(() => follow()).toThrow(expect.objectContaining(refusal))
  })

  it.each<[unknown, string]>([
    [undefined, 'fileKeys: object expected, got undefined'],
    [A, 'fileKeys: object expected, got string'],
    [{}, 'fileKeys: primary: string expected, got undefined'],
    [{ primary: '' }, 'fileKeys: primary: string expected, got an empty string'],
    [{ primary: 'a', secondary: 7 }, 'fileKeys: secondary: string expected, got number'],
    [
      { primary: 'a', secondry: 'b' },
      'fileKeys: only primary, secondary, sign, onError, clock expected, got secondry',
    ],
    [{ primary: A }, 'fileKeys: primary: path of a file expected, got a certificate'],
    [{ primary: `"${B}"\n` }, 'fileKeys: primary: path of a file expected, got a certificate'],
    [
      { primary: 'a', secondary: B },
      'fileKeys: secondary: path of a file expected, got a certificate',
    ],
    [{ primary: 'a', clock: 0 }, 'fileKeys: clock: function expected, got number'],
    [{ primary: 'a', onError: null }, 'fileKeys: onError: function expected, got null'],
  ])('stops the start at %j', (options, message) => {
    expect(() => fileKeys(options as FileKeysOptions)).toThrow(new TypeError(message))
  })

  it('stops the start when the secondary is to sign and is missing', () => {
    writeFileSync(primary, A)
    expect(() => follow({ sign: 'secondary' })).toThrow(
      new TypeError("fileKeys: sign is 'secondary', but fileKeys: secondary is not set"),
    )
  })
})

/** Mounts pairs of certificates that belong together, one after the other, as the kubelet does. */
const KUBELET = `
  const { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } = require('node:fs')
  const { parentPort, workerData: { folder, start } } = require('node:worker_threads')
  const text = (number) => number.toString(16).padStart(32, '0')
  for (let version = 1; Atomics.load(start, 0) === 0; version++) {
    const name = folder + '/..v' + version
    mkdirSync(name)
    writeFileSync(name + '/primary', text(2 * version))
    writeFileSync(name + '/secondary', text(2 * version + 1))
    symlinkSync('..v' + version, folder + '/..data_tmp')
    renameSync(folder + '/..data_tmp', folder + '/..data')
    rmSync(folder + '/..v' + (version - 1), { recursive: true, force: true })
    if (version === 1) parentPort.postMessage('mounted')
  }
`

describe('fileKeys while Kubernetes swaps both files', () => {
  it('reads both from one generation', async () => {
    symlinkSync('..data/primary', primary)
    symlinkSync('..data/secondary', secondary)
    const stop = new Int32Array(new SharedArrayBuffer(4))
    const kubelet = new Worker(KUBELET, { eval: true, workerData: { folder, start: stop } })
    await once(kubelet, 'message')
    const pairs = new Set<string>()
    const keys = follow({ secondary })
    for (let looks = 0; looks < 100_000 && pairs.size < 100; looks++) {
      now += 1000
      pairs.add(certificates(keys).map(numberOf).join())
    }
    Atomics.store(stop, 0, 1)
    await once(kubelet, 'exit')
    const mixed = [...pairs].filter((pair) => {
      const [first = 0, second = 0] = pair.split(',').map(Number)
      return second !== first + 1
    })
    expect(mixed).toEqual([])
    expect(pairs.size).toBe(100)
  })
})

const numberOf = (certificate: string): number => Number.parseInt(certificate, 16)
