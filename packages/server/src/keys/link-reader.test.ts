import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createLinkReader } from './link-reader.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rtc-token-links-'))
  mkdirSync(join(folder, 'deep/er'), { recursive: true })
  for (const name of ['a', 'deep/b', 'deep/er/c']) writeFileSync(join(folder, name), name)
  symlinkSync('deep/er', join(folder, 'er'))
  symlinkSync('../a', join(folder, 'deep/a'))
  symlinkSync('er/../b', join(folder, 'b'))
  symlinkSync(join(folder, 'b'), join(folder, 'absolute'))
  symlinkSync('nothing', join(folder, 'dangling'))
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('createLinkReader', () => {
  // After a link to a folder, `..` is the parent of that folder, not the previous part of the path.
  it.each([
    'a',
    'er/c',
    'deep/a',
    'b',
    'absolute',
    'er/../b',
    './deep//er/./../../a',
    'er/../../absolute',
  ])('says where %s leads, as the system does', (path) => {
    for (const base of [folder, relative(process.cwd(), folder)]) {
      const full = `${base}/${path}`
      expect(createLinkReader()(full)).toBe(realpathSync.native(full))
    }
  })

  it('leaves what is not there to those who read it', () => {
    expect(createLinkReader()(join(folder, 'dangling'))).toBe(join(folder, 'nothing'))
    expect(createLinkReader()(join(folder, 'a/b/c'))).toBe(join(folder, 'a/b/c'))
  })

  it('reads each link once', () => {
    const link = join(folder, 'data')
    symlinkSync('deep', link)
    const placeOf = createLinkReader()
    expect(placeOf(join(link, 'b'))).toBe(join(folder, 'deep/b'))
    rmSync(link)
    symlinkSync('elsewhere', link)
    expect(placeOf(join(link, 'a'))).toBe(join(folder, 'a'))
    expect(createLinkReader()(join(link, 'b'))).toBe(join(folder, 'elsewhere/b'))
  })
})
