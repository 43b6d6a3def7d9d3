import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { sendRecorded } from './send-recorded.ts'

const FILE = resolve(import.meta.dirname, '../../src/endpoints/DIFFERENCES.md')
const TEXT = readFileSync(FILE, 'utf8')
const ROW = /^\| `(.+?)`\s+\| (\S.*?)\s+\| (\S.*?)\s+\| \S/gm
const ROWS = [...TEXT.matchAll(ROW)].map(([, ...cells]) => cells as [string, string, string])

describe('src/endpoints/DIFFERENCES.md', () => {
  it.each(ROWS)('%s, there %s, is here %s', async (request, there, here) => {
    const { status, code, life, reply } = await sendRecorded(request)
    const [, expected = '', seconds] = /^(\d{3})(?:, (\d+) s)?/.exec(here) ?? []
    expect([String(status), code]).toEqual([expected, /`(\w+)`/.exec(here)?.[1]])
    if (seconds !== undefined) expect(life).toBe(Number(seconds))
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin')
    expect(here.replace(/ `.*/, '')).not.toBe(there)
  })

  it('has no row that is not tried', () => {
    const lines = TEXT.split('\n').filter((line) => line.startsWith('| `'))
    expect(lines.length).toBeGreaterThan(30)
    expect(ROWS).toHaveLength(lines.length)
  })
})
