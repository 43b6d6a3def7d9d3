import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { withoutNpm } from '@rtc-token/rehearsal/without-npm'
import { describe, expect, it, vi } from 'vitest'
import { type Phone, startPhone } from './support/phone.ts'
import { PhoneEngine } from './support/phone-engine.ts'
import { LIFE_SECONDS, NO_ENDPOINT, PROJECT, startServer } from './support/restartable-server.ts'

// No phone can run here. What can: the bundle of the app, which is the JavaScript of React Native, Expo, the
// SDK and the app; what these ask of their native halves is answered here, and the engine's tokens are checked.

const APP = join(process.env['RTC_TOKEN_EXAMPLES'] ?? '', 'react-native')
const LIFE = ['renewed', 'renewed', 'expired', 'renewed', 'back', 'left']
const PATIENCE = { timeout: 100_000, interval: 100 }

describe.runIf(existsSync(APP))(
  'react-native, its JavaScript on stand-ins of the native halves',
  () => {
    it('joins, renews twice, comes back after the endpoint was down past the end, says why it is not let in, and lets the user try again', async ({
      onTestFinished,
    }) => {
      const server = await startServer(APP, onTestFinished)
      const engine = new PhoneEngine(PROJECT, LIFE_SECONDS / 4)
      onTestFinished(() => engine.stop())
      const invitation = await server.started.printed(/^ann: (.+)$/)
      const phone = startPhone(bundle(), engine)
      const { screen } = phone
      const says = (text: string) => vi.waitFor(() => expect(screen.text).toContain(text), PATIENCE)

      await says('A call')
      screen.type('Paste your invitation', invitation)
      await says('You are not in the call.')
      screen.press('Join')
      await says('In the call.')
      expect(phone.asked).toEqual(['android.permission.RECORD_AUDIO'])
      await untilSeen(engine, 'renewed', 2)
      await server.started.stop()
      await untilSeen(engine, 'expired', 1)
      await says('Connecting …')
      for (let times = 0; times < 4; times++) await asksWhenTakenUp(phone)
      await server.start()
      await untilSeen(engine, 'back', 1)
      await says('In the call.')
      screen.press('Leave')
      await says('You are not in the call.')
      await server.started.stop()
      screen.press('Join')
      await vi.waitFor(() => expect(screen.text).toMatch(NO_ENDPOINT), PATIENCE)
      expect(engine.seen).toEqual([`for ${PROJECT.appId}`, 'joined as 1 to speak', ...LIFE])
      await server.start()
      screen.press('Join')
      await says('In the call.')
      expect(phone.errors).toEqual([])
    })
  },
)

/** The app asks for a token at once, and not only when the next attempt is due, which is after a second at least. */
async function asksWhenTakenUp(phone: Phone): Promise<void> {
  const before = phone.sent.length
  const atOnce = { timeout: 900, interval: 20 }
  await vi.waitFor(() => {
    // Again until it asks: its last request may not have failed yet, and then it asks for nothing.
    if (phone.sent.length === before) takeUp(phone)
    expect(phone.sent.length).toBeGreaterThan(before)
  }, atOnce)
}

function takeUp(phone: Phone): void {
  phone.put('background')
  phone.put('active')
}

/** The bundle as JavaScript: `npm test` compiles it for Hermes, which is on phones only. */
function bundle(): string {
  const args = ['expo', 'export', '--platform=android', '--no-bytecode', '--output-dir=dist-plain']
  const { status, stderr } = spawnSync('npx', args, {
    cwd: APP,
    env: { ...withoutNpm(process.env), NODE_ENV: undefined, EXPO_NO_TELEMETRY: '1' },
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  const folder = join(APP, 'dist-plain/_expo/static/js/android')
  return join(folder, readdirSync(folder)[0]!)
}

function untilSeen(
  engine: PhoneEngine,
  what: string,
  count: number,
  patience = PATIENCE,
): Promise<void> {
  return vi.waitFor(() => {
    expect(engine.seen.filter((seen) => seen === what).length, engine.seen.join(' ')).toBe(count)
  }, patience)
}
