import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { CURIOUS_PATHS, MALFORMED_HOSTS } from '../attacks/target-attacks.ts'
import type { WireRequest } from '../hosts/host-case.ts'
import { sendRaw } from '../hosts/fuzz/send-raw.ts'
import { ask, jwt } from './support/ask.ts'
import { type InstalledServer, installServer } from './support/installed-server.ts'
import { startProgram, TWO_VARIABLES, urlOf } from './support/running-server.ts'

const get = (target: string, headers: WireRequest['headers']): WireRequest => ({
  method: 'GET',
  target,
  headers,
  chunks: [],
  isChunked: false,
})

describe('rtc-token-server under hostile requests', () => {
  let installed: InstalledServer
  beforeAll(async () => {
    installed = await installServer()
  })
  afterAll(() => installed.remove())

  // https://github.com/rtc-token/rtc-token/issues/11
  it('answers those of which no URL can be made, and the next one too', async () => {
    const env = { RTC_TOKEN_TRUST_PROXY: 'loopback', RTC_TOKEN_LIMIT_PER_IP: '0' }
    const server = startProgram(installed.program, { ...TWO_VARIABLES, ...env })
    const url = await urlOf(server)
    const port = Number(new URL(url).port)
    for (const host of MALFORMED_HOSTS) {
      for (const path of CURIOUS_PATHS) {
        expect(await sendRaw(port, get(path, [['host', host]]))).toBe(400)
        const proxied = [
          ['host', 'a'],
          ['x-forwarded-host', host],
        ] as const
        expect(await sendRaw(port, get(path, proxied))).toBeLessThan(500)
      }
    }
    expect(await ask(url, await jwt(), { channel: 'room-42' })).toMatchObject({ status: 200 })
    expect(server.lines.map(({ type }) => type)).not.toContain('request.failed')
    server.kill('SIGTERM')
    expect(await server.exited).toEqual({ code: 0, signal: null })
  })
})
