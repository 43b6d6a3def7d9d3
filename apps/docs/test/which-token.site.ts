import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { decodeToken } from '@rtc-token/core'
import { type Authorizer, createTokenHandler } from '@rtc-token/server'
import { afterAll, describe, expect, it } from 'vitest'
import { tableRows } from '../site/markdown/sections.ts'
import { read, ROOT } from '../site/repository.ts'
import { saveBlocks } from './support/run-blocks.ts'

const PRODUCTS = [
  'Video',
  'Voice',
  'Live Streaming',
  'Gaming',
  'Cloud Recording',
  'On-premise Recording',
  'Media Push',
  'Media Pull',
  'Media Gateway',
  'Signaling',
  'Stream channels',
  'Chat',
  'Whiteboard',
  'Conversational AI',
  'Speech to Text',
]

const saved = saveBlocks('docs/which-token.md')
afterAll(saved.remove)
const { tokens } = await saved.run<{ tokens: Readonly<Record<string, string>> }>('tokens.ts')
const rows = tableRows(read('docs/which-token.md')).filter((row) => row.has('line'))
const namesIn = (cell = '') => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)

function decode007(token: string) {
  const decoded = decodeToken(token)
  if (decoded.version !== '007') throw new Error(`007 expected, got ${decoded.version}`)
  return decoded
}

describe('Which token for what', () => {
  it.each(PRODUCTS)('has a row for %s', (product) => {
    expect(rows.filter((row) => row.get('product')?.includes(product))).not.toEqual([])
  })

  it('has a line of code for each row with a token, and no other', () => {
    const lines = rows.map((row) => namesIn(row.get('line')))
    expect(new Set(lines.flat())).toEqual(new Set(Object.keys(tokens)))
    const without = rows.filter((_, index) => lines[index]?.length === 0)
    expect(without.map((row) => row.get('token'))).toEqual(without.map(() => 'none of these'))
  })

  it.each(rows.filter((row) => row.get('line') !== '').map((row) => [row.get('product'), row]))(
    'makes for %s what the row says',
    (_, row) => {
      const claims = namesIn(row.get('line')).map((line) => decode007(tokens[line] ?? ''))
      const services = claims.flatMap((token) => token.services.map(({ service }) => service))
      const named = namesIn(row.get('token')).filter((name) => name !== 'app')
      expect(new Set(services)).toEqual(new Set(named))
      const life = { 'an hour': 3600, minutes: 300, 'the call': 86_400 }[row.get('lifetime') ?? '']
      for (const token of claims) expect(token).toMatchObject({ expiresIn: life })
    },
  )
})

describe('Screen sharing', () => {
  it('grants a user two uids in a room, and none elsewhere', async () => {
    const { authorize } = await saved.run<{ authorize: Authorizer<object> }>('screen.ts')
    const appId = '970CA35de60c44645bbae8a215061b33'
    const project = { appId, appCertificate: '5CFd2fd1755d40ecb72977518be15d3b' }
    const handler = createTokenHandler({ project, authenticate: () => ({}), authorize })
    const alice = { id: 'alice', rooms: ['room-42'] }
    const uidOf = async (wish: object) =>
      (await handler.issue(alice, { channel: 'room-42', role: 'publisher', ...wish })).uid
    const camera = await uidOf({})
    const screen = await uidOf({ params: { screen: true } })
    expect(new Set([camera, screen, undefined]).size).toBe(3)
    await expect(uidOf({ uid: screen })).rejects.toThrow()
    await expect(uidOf({ channel: 'room-43' })).rejects.toThrow()
  })
})

describe('co-host authentication', () => {
  it('is explained here, and other guides link to it', () => {
    const text = read('docs/which-token.md')
    expect(text).toContain('## When a subscriber cannot publish')
    const guides = ['SECURITY.md', ...readdirSync(join(ROOT, 'docs')).map((file) => `docs/${file}`)]
    const said = guides
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...read(file).matchAll(/[^.|]*co-?host\s+auth[^.|]*/gi)].map(
          ([sentence]) => `${file}: ${sentence}`,
        ),
      )
    const elsewhere = said.filter((one) => !/^docs\/(?:which-token|errors|findings)\.md/.test(one))
    expect(elsewhere.length).toBeGreaterThan(3)
    expect(elsewhere.filter((one) => !/\[[^\]]*co-host\s+authentication\]/.test(one))).toEqual([])
  })
})
