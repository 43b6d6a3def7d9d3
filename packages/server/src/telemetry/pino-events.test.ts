import { pino } from 'pino'
import { describe, expect, it } from 'vitest'

import { pinoEvents, REDACT } from './pino-events.ts'
import type { TokenEvent } from './token-event.ts'

const base = { time: 5, requestId: 'r', route: '/v1/tokens', ms: 1, phases: {} } as const
const refused = { ...base, intent: 'mint', status: 400, code: 'invalid_json' } as const
const issued = {
  ...base,
  type: 'token.issued',
  status: 200,
  code: 'granted',
  intent: 'mint',
  channel: 'room-42',
  identity: { kind: 'uid', value: 7 },
  role: 'publisher',
  services: ['rtc'],
  expiresIn: 1800,
  keyId: '1a2b3c4d',
  tokenFingerprint: '5e6f7a8b',
} as const satisfies TokenEvent
const changed = { type: 'key.changed', time: 5, keyId: '1a2b3c4d', verifierIds: [] } as const
const warning = { type: 'config.warning', time: 5, code: 'limiter_missing', detail: 'x' } as const

function memory(): { readonly lines: string[]; readonly write: (line: string) => void } {
  const lines: string[] = []
  return { lines, write: (line) => void lines.push(line) }
}

describe('pinoEvents', () => {
  it('writes the event as one line of JSON, with the one time of the line', () => {
    const stream = memory()
    pinoEvents(pino({ ...REDACT, base: null }, stream)).event(issued)
    expect(stream.lines).toHaveLength(1)
    const line = stream.lines[0] ?? ''
    const { time: _time, ...members } = issued
    expect(JSON.parse(line)).toEqual({
      level: 30,
      time: expect.any(Number),
      ...members,
      msg: 'token.issued',
    })
    expect(line.match(/"time":/g)).toHaveLength(1)
    expect(line.endsWith('}\n')).toBe(true)
  })

  const cases: [TokenEvent, string][] = [
    [issued, 'info'],
    [{ ...issued, type: 'token.renewed' }, 'info'],
    [{ ...refused, type: 'token.denied' }, 'warn'],
    [{ ...refused, type: 'auth.failed', reason: 'expired' }, 'warn'],
    [{ ...refused, type: 'limited' }, 'warn'],
    [{ ...refused, type: 'policy.error' }, 'error'],
    [warning, 'warn'],
    [changed, 'info'],
    [{ type: 'user.removed', time: 5, until: 65, refusal: 'held' }, 'warn'],
    [{ type: 'user.readmitted', time: 5 }, 'info'],
  ]
  it.each(cases)('logs %o as %s', (event, level) => {
    const stream = memory()
    pinoEvents(pino({}, stream)).event(event)
    const line: { level: number; msg: string } = JSON.parse(stream.lines[0] ?? '')
    expect(pino.levels.labels[line.level]).toBe(level)
    expect(line.msg).toBe(event.type)
  })

  it('refuses a logger that lacks a level', () => {
    const half = { info: () => {}, warn: () => {} } as never
    const expected = new TypeError('logger: pino logger expected, got one without error')
    expect(() => pinoEvents(half)).toThrow(expected)
    expect(() => pinoEvents(undefined as never)).toThrow(TypeError)
  })
})

describe('REDACT', () => {
  const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
  const linesOf = (write: (logger: pino.Logger) => void): string => {
    const stream = memory()
    write(pino(REDACT, stream))
    return stream.lines.join('')
  }

  it.each([
    'authorization',
    'cookie',
    'set-cookie',
    'token',
    'previousToken',
    'appCertificate',
    'certificate',
    'secret',
  ])('masks %s up to two levels down', (name) => {
    const held = { [name]: 'hunter2', kept: 'yes' }
    const line = linesOf((logger) => logger.info({ ...held, req: { ...held, headers: held } }, 'x'))
    expect(line).not.toContain('hunter2')
    expect(line.match(/"kept":"yes"/g)).toHaveLength(3)
    expect(line.match(/\[redacted\]/g)).toHaveLength(3)
  })

  it('masks what looks like a secret wherever it stands, in errors and child loggers as well', () => {
    const error = new Error(`bad key ${appCertificate}`, { cause: new Error(appCertificate) })
    const line = linesOf((logger) => {
      logger.error(error)
      logger.error({ err: error }, `failed: ${appCertificate}`)
      logger.child({ deep: { deeper: { deepest: appCertificate } } }).warn('%s', appCertificate)
    })
    expect(line).not.toContain(appCertificate)
    expect(line.match(/redacted/g)?.length).toBeGreaterThan(6)
    for (const json of line.trim().split('\n')) expect(() => JSON.parse(json)).not.toThrow()
  })
})
